namespace Assay.Load.Client;

/// <summary>How far an answer is.</summary>
enum AnswerProgress
{
    /// <summary>More must come.</summary>
    More,

    /// <summary>It is there, and the connection can be used again.</summary>
    Whole,

    /// <summary>It is there, or has failed beyond interest; the connection is of no more use.</summary>
    Last,

    /// <summary>What came is no HTTP.</summary>
    Invalid,
}

/// <summary>Puts the answer together from the bytes of a connection: interim heads skipped, head, body.</summary>
sealed class HttpAnswer(LoadTarget target)
{
    const int LongestHead = 64 << 10;

    readonly PieceBuffer _head = new();
    HttpBody _body;
    bool _closes, _isHeadOnly;

    public AnswerReader Reader { get; } = new(target);

    /// <summary>When the first byte came; null before it.</summary>
    public TimeSpan? FirstByte { get; private set; }

    /// <summary>The head is there: what fails now has failed within the answer.</summary>
    public bool IsWithin { get; private set; }

    public void Begin(int? forced, bool isHeadOnly)
    {
        _head.Clear();
        (IsWithin, _closes, _isHeadOnly, FirstByte) = (false, false, isHeadOnly, null);
        Reader.Begin(forced);
    }

    public AnswerProgress Read(ReadOnlySpan<byte> input, TimeSpan at)
    {
        FirstByte ??= at;
        while (!IsWithin)
        {
            if (input.IsEmpty)
            {
                return AnswerProgress.More;
            }

            if (!ReadHead(ref input))
            {
                return AnswerProgress.Invalid;
            }
        }

        while (_body.TryRead(ref input, out var piece))
        {
            if (!Reader.Read(piece, at))
            {
                return AnswerProgress.Last;
            }
        }

        return _body.IsBroken ? AnswerProgress.Invalid
            : !_body.IsWhole ? AnswerProgress.More
            : _closes || !input.IsEmpty ? AnswerProgress.Last : AnswerProgress.Whole;
    }

    /// <summary>The connection has ended: true when that was the end of the answer too.</summary>
    public bool IsEndedByClose => IsWithin && _body.EndsWithConnection;

    // Almost always the whole head is in the first piece.
    bool ReadHead(ref ReadOnlySpan<byte> input)
    {
        var held = _head.Length;
        if (held > 0)
        {
            _head.Append(input);
        }

        var bytes = held > 0 ? _head.Written : input;
        var end = HttpHead.End(bytes);
        if (end < 0)
        {
            if (held == 0)
            {
                _head.Append(input);
            }

            input = [];
            return _head.Length <= LongestHead;
        }

        input = input[(end - held)..];
        var read = HttpHead.Read(bytes[..end]);
        _head.Clear();
        if (read is not { Status: not 101 } head)
        {
            return false;
        }

        if (head.Status >= 200)
        {
            (IsWithin, _closes) = (true, head.Closes);
            _body = new HttpBody(head, _isHeadOnly || head.HasNoBody);
            Reader.OnHead(head);
        }

        return true;
    }
}
