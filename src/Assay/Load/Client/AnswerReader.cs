using System.Net;
using System.Text;
using Assay.Models;

namespace Assay.Load.Client;

/// <summary>Reads one answer after another of one connection, notes its events, and says in the end how it ended.</summary>
/// <param name="target">Says what a good answer is.</param>
sealed class AnswerReader(LoadTarget target)
{
    const int MostEvents = 1 << 20;
    const int MostBytes = 64 << 20;

    readonly bool _isOpenAI = target.IsTokenStream || target.Protocol == LoadProtocol.Embeddings;
    readonly EventStreamParser _parser = new();
    readonly PieceBuffer _body = new();
    readonly PieceBuffer? _text = target.Sessions is null ? null : new PieceBuffer();
    StreamEvent[] _events = new StreamEvent[32];
    int _count, _status, _tokens, _input, _cached;
    bool _isStream;
    EventKinds _kinds;
    int? _forced;
    string? _problem;

    /// <summary>Of the stream, in the order in which they came.</summary>
    public ReadOnlySpan<StreamEvent> Events => _events.AsSpan(0, _count);

    /// <summary>What the answer says, where sessions need it.</summary>
    public string Text => _text is null ? "" : Encoding.UTF8.GetString(_text.Written);

    public HttpStatusCode Status => (HttpStatusCode)_status;

    /// <param name="forced">How many tokens the answer must have; null when any number will do.</param>
    public void Begin(int? forced)
    {
        _parser.Reset();
        _body.Clear();
        _text?.Clear();
        (_count, _status, _tokens, _input, _cached, _isStream, _kinds, _forced, _problem) = (0, 0, -1, -1, -1, false, EventKinds.None, forced, null);
    }

    public void OnHead(in HttpHead head) => (_status, _isStream) = (head.Status, target.IsTokenStream && head is { Status: 200, IsEventStream: true });

    /// <summary>Takes a piece of the body; false when the answer has failed and the rest of it is of no interest.</summary>
    public bool Read(ReadOnlySpan<byte> piece, TimeSpan at)
    {
        if (_isStream)
        {
            while (_problem is null && _parser.TryRead(ref piece, out var data))
            {
                OnEvent(data, at);
            }

            _problem ??= _parser.IsTooLong ? "an event of the stream is longer than 1 MiB" : null;
        }
        else if (_body.Length + piece.Length > MostBytes)
        {
            _problem = "the answer is longer than 64 MiB";
        }
        else
        {
            _body.Append(piece);
        }

        return _problem is null;
    }

    /// <summary>Of an answer that came to its end, or failed in <see cref="Read"/>: how it ended, and why it is not ok.</summary>
    public (Outcome Outcome, string? Reason) Judge()
    {
        if (_problem is not null)
        {
            return (Outcome.Error, _problem);
        }

        if (!_isOpenAI)
        {
            return target.Check(Status, _body.WrittenMemory) is { } found ? (Outcome.Error, found) : (Outcome.Ok, null);
        }

        if (_status != 200)
        {
            return (Outcome.Error, $"status {_status}");
        }

        return _isStream ? JudgeWhole("the stream") : JudgeBody();
    }

    /// <summary>Fills in what the events and the counts tell.</summary>
    public Exchange Describe(in Exchange exchange) => EventTimes.Fill(exchange, Events, _tokens, _input, _cached);

    void OnEvent(ReadOnlySpan<byte> data, TimeSpan at)
    {
        var found = default(AnswerJson);
        var isDone = data.SequenceEqual("[DONE]"u8);
        if (!isDone && !data.IsEmpty)
        {
            found = AnswerJson.Read(data, _text);
            Count(found);
        }

        var kinds = isDone ? EventKinds.Done : data.IsEmpty ? EventKinds.None : found.Kinds;
        kinds |= _parser.IsError ? EventKinds.Error : EventKinds.None;
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, 2 * _count);
        }

        _events[_count++] = new StreamEvent(at, kinds, data.Length, isDone || data.IsEmpty ? -1 : found.Tokens);
        _kinds |= kinds;
        _problem = (kinds & EventKinds.Error) != 0 ? "an error within the stream"
            : isDone || data.IsEmpty ? null
            : _count == MostEvents ? "the stream has more than 1,048,576 events" : found.Problem;
    }

    void Count(in AnswerJson found)
    {
        _tokens = found.Tokens >= 0 ? found.Tokens : _tokens;
        _input = found.InputTokens >= 0 ? found.InputTokens : _input;
        _cached = found.CachedTokens >= 0 ? found.CachedTokens : _cached;
    }

    (Outcome Outcome, string? Reason) JudgeBody()
    {
        var found = AnswerJson.Read(_body.Written, _text);
        Count(found);
        _kinds = found.Kinds | EventKinds.Done | (target.Protocol == LoadProtocol.Embeddings ? EventKinds.Finish : EventKinds.None);
        return (found.Kinds & EventKinds.Error) != 0 ? (Outcome.Error, "an error within the answer")
            : found.Problem is not null ? (Outcome.Error, found.Problem)
            : JudgeWhole("the answer");
    }

    (Outcome Outcome, string? Reason) JudgeWhole(string what) =>
        (_kinds & EventKinds.Done) == 0 ? (Outcome.Truncated, $"{what} ended without {(target.Protocol == LoadProtocol.Responses ? "its completion" : "[DONE]")}")
        : (_kinds & EventKinds.Finish) == 0 ? (Outcome.Truncated, $"{what} ended without a finish reason")
        : (_kinds & (EventKinds.Text | EventKinds.Reasoning | EventKinds.Tool)) == 0 ? (Outcome.Error, $"{what} brought no text")
        : _tokens >= 0 && _tokens < _forced ? (Outcome.Truncated, $"{what} is short: fewer tokens than were forced")
        : (Outcome.Ok, null);
}
