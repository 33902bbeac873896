using System.Net.Sockets;
using Assay.Models;

namespace Assay.Load.Client;

/// <summary>
/// One connection, one request at a time. Whoever sends does so on his own thread; what comes back is read by the event loop's. Both hold the lock
/// meanwhile, but not while they tell of an end: the next request may go over any connection.
/// </summary>
sealed partial class Connection(LoadClient client, EventLoop loop, int id) : IDisposable
{
    static readonly TimeSpan _longestOpening = TimeSpan.FromSeconds(1);

    enum Stage
    {
        Opening,
        Securing,
        Busy,
        Idle,
        Closed,
    }

    readonly Lock _lock = new();
    readonly HttpAnswer _answer = new(client.Target);
    readonly PieceBuffer _out = new(), _plain = new();
    Socket? _socket;
    TlsChannel? _tls;
    Stage _stage;
    PlannedRequest _request;
    EndedRequest? _ended;
    TimeSpan _sent, _readAt;
    TimeSpan? _connect;
    SocketError _openingFault;
    int _outSent;
    bool _watchesWriting, _isReused;

    public int Id => id;

    /// <summary>Opens it and sends. Never fails here: the loop tells of it.</summary>
    public void Open(in PlannedRequest request)
    {
        lock (_lock)
        {
            _sent = client.Clock.Now;
            OpenFor(request);
        }
    }

    /// <summary>Sends over an idle connection; false when it has closed meanwhile.</summary>
    public bool TrySend(in PlannedRequest request)
    {
        lock (_lock)
        {
            if (_stage != Stage.Idle)
            {
                return false;
            }

            Begin(request);
            (_connect, _isReused) = (null, true);
            SendRequest(isNew: false);
            return true;
        }
    }

    /// <summary>Of the event loop: the socket is ready.</summary>
    public void OnReady(in Ready ready, byte[] buffer)
    {
        using var scope = Enter();
        if (_stage == Stage.Opening && ready.CanWrite)
        {
            OnOpened();
        }
        else if (ready.CanWrite && _watchesWriting)
        {
            Flush();
        }

        if (ready.CanRead && _stage is not (Stage.Opening or Stage.Closed))
        {
            Receive(buffer);
        }
    }

    /// <summary>Of the event loop: it could not even begin to open.</summary>
    public void OnOpeningFault()
    {
        using var scope = Enter();
        var isOurs = _openingFault is SocketError.TooManyOpenSockets or SocketError.AddressNotAvailable or SocketError.NoBufferSpaceAvailable;
        if (isOurs)
        {
            client.CountNoSocket();
        }

        Fail(Outcome.Error, isOurs ? $"the client has no socket left: {_openingFault}" : $"connection: {_openingFault}", client.Clock.Now);
    }

    /// <summary>Of the event loop, now and then: gives up on what takes too long.</summary>
    public void Expire(TimeSpan now, bool givenUp)
    {
        using var scope = Enter();
        if (_stage is Stage.Idle or Stage.Closed)
        {
            return;
        }

        if (givenUp)
        {
            Fail(Outcome.Timeout, "cancelled before the answer was there", now);
        }
        else if (now - _sent >= (_request.IsOpening && client.Timeout > _longestOpening ? _longestOpening : client.Timeout))
        {
            Fail(Outcome.Timeout, $"no complete answer within {client.Timeout.TotalSeconds} s", now);
        }
    }

    /// <summary>At the end of all runs.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            CloseSocket();
        }
    }

    /// <summary>Of the event loop: something of ours went wrong with it.</summary>
    public void OnFault(Exception exception)
    {
        using var scope = Enter();
        Fail(Outcome.Error, $"a fault in the client: {exception.GetType().Name}", client.Clock.Now);
    }

    void OpenFor(in PlannedRequest request)
    {
        _isReused = false;
        Begin(request);
        _openingFault = Connect();
        if (_openingFault == SocketError.Success)
        {
            loop.Add(this, _socket!);
            _watchesWriting = true;
        }
        else
        {
            loop.Post(this);
        }
    }

    // The other side had closed a connection that was kept before it could see the request, without a word: llama.cpp's server does so after every stream.
    // As with any HTTP client the request goes over a new one, once, and has been on its way since it was first sent.
    void SendAgain()
    {
        CloseSocket();
        _tls = null;
        _out.Clear();
        _outSent = 0;
        OpenFor(_request);
    }

    void Begin(in PlannedRequest request)
    {
        (_request, _stage) = (request, _socket is null ? Stage.Opening : Stage.Busy);
        _answer.Begin(request.Request.Tokens, request.IsOpening);
    }

    void SendRequest(bool isNew)
    {
        _stage = Stage.Busy;
        if (_tls is null)
        {
            client.Writer.Write(_request, _out);
            _sent = isNew ? _sent : client.Clock.Now;
            Flush();
        }
        else
        {
            _plain.Clear();
            client.Writer.Write(_request, _plain);
            _sent = isNew ? _sent : client.Clock.Now;
            _tls.Send(_plain.Written);
        }
    }

    void OnBytes(ReadOnlySpan<byte> bytes, TimeSpan at)
    {
        if (_stage != Stage.Busy)
        {
            // Nobody asked for it.
            CloseSocket();
            return;
        }

        switch (_answer.Read(bytes, at))
        {
            case AnswerProgress.Whole:
                Complete(at, isReusable: true);
                break;
            case AnswerProgress.Last:
                Complete(at, isReusable: false);
                break;
            case AnswerProgress.Invalid:
                Break("InvalidResponse", at);
                break;
            case AnswerProgress.More:
            default:
                break;
        }
    }

    void OnEnd(TimeSpan at)
    {
        if (_stage == Stage.Busy && _answer.IsEndedByClose)
        {
            Complete(at, isReusable: false);
        }
        else
        {
            Break("ResponseEnded", at);
        }
    }

    void Break(string reason, TimeSpan at)
    {
        if (_stage == Stage.Idle)
        {
            CloseSocket();
        }
        else if (_isReused && _stage == Stage.Busy && _answer.FirstByte is null)
        {
            SendAgain();
        }
        else if (_answer.IsWithin)
        {
            Fail(Outcome.Truncated, "the connection broke within the answer", at);
        }
        else
        {
            Fail(Outcome.Error, $"connection: {reason}", at);
        }
    }

    void Complete(TimeSpan at, bool isReusable)
    {
        var (outcome, reason) = _answer.Reader.Judge();
        End(outcome, reason, at);
        _stage = Stage.Idle;
        if (!isReusable)
        {
            CloseSocket();
        }
    }

    void Fail(Outcome outcome, string reason, TimeSpan at)
    {
        if (_stage is not (Stage.Idle or Stage.Closed))
        {
            End(outcome, reason, at);
        }

        CloseSocket();
    }

    void End(Outcome outcome, string? reason, TimeSpan at)
    {
        var reader = _answer.Reader;
        var exchange = reader.Describe(new Exchange(_request.Scheduled, _sent, _answer.FirstByte ?? at, at, outcome, reader.Status, reason)
        {
            Index = _request.Index,
            Session = _request.Conversation?.Number ?? -1,
            Turn = _request.Conversation?.Turn ?? 0,
            Connect = _connect,
        });
        if (!_request.IsOpening)
        {
            client.Run?.Record(loop, exchange, reader.Events);
        }

        _ended = new EndedRequest(_request, exchange, reader.Text);
    }

    Scope Enter() => new(this);

    /// <summary>Holds the lock; tells of an end when the lock is given back.</summary>
    readonly ref struct Scope : IDisposable
    {
        readonly Connection _connection;
        readonly bool _isOutermost;

        public Scope(Connection connection)
        {
            _connection = connection;
            _isOutermost = !connection._lock.IsHeldByCurrentThread;
            connection._lock.Enter();
        }

        public void Dispose()
        {
            var ended = _isOutermost ? _connection._ended : null;
            var isIdle = _connection._stage == Stage.Idle;
            _connection._ended = _isOutermost ? null : _connection._ended;
            _connection._lock.Exit();
            if (ended is { } request)
            {
                _connection.Tell(request, isIdle);
            }
        }
    }

    void Tell(in EndedRequest ended, bool isIdle)
    {
        if (isIdle)
        {
            client.PutBack(this);
        }

        client.OnEnded(ended);
    }
}
