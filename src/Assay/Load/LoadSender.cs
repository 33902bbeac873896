using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Assay.Models;

namespace Assay.Load;

/// <summary>Sends the requests of a run over connections of its own and times them. Never throws: a failure is an <see cref="Exchange"/>.</summary>
sealed class LoadSender : IDisposable
{
    static readonly TimeSpan _longestOpening = TimeSpan.FromSeconds(1);

    readonly LoadTarget _target;
    readonly TimeSpan _timeout;
    readonly TimeProvider _time;
    readonly MediaTypeHeaderValue _contentType;
    readonly HttpMessageInvoker _http;

    public LoadSender(LoadTarget target, LoadOptions options, TimeProvider time)
    {
        _target = target;
        _timeout = options.Timeout;
        _time = time;
        _contentType = MediaTypeHeaderValue.Parse(target.ContentType);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = int.MaxValue,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        });
    }

    /// <summary>Opens connections and warms up the client by HEAD requests, whatever the server says to them: the first timed request is not to pay for that.</summary>
    public Task OpenConnectionsAsync(int count, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => OpenConnectionAsync(cancellationToken)));

    /// <param name="index">Chooses the body.</param>
    /// <param name="scheduled">When it is due.</param>
    /// <param name="started">The clock's timestamp at the start of the run.</param>
    /// <param name="abort">Gives up on the answer.</param>
    public async Task<Exchange> SendAsync(int index, TimeSpan scheduled, long started, CancellationToken abort)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, abort);
        using var request = Request(index);
        var sent = _time.GetElapsedTime(started);
        var (firstByte, status) = (TimeSpan.Zero, (HttpStatusCode)0);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            (firstByte, status) = (_time.GetElapsedTime(started), response.StatusCode);
            if (_target.IsTokenStream && status == HttpStatusCode.OK)
            {
                var stream = await TokenStreamReader.ReadAsync(response, () => _time.GetElapsedTime(started), either.Token).ConfigureAwait(false);
                return new Exchange(scheduled, sent, firstByte, stream.End, stream.Outcome, status, stream.Reason)
                {
                    FirstToken = stream.First,
                    LastToken = stream.Last,
                    Tokens = stream.Tokens,
                    Index = index,
                };
            }

            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            var end = _time.GetElapsedTime(started);
            var problem = _target.Check(status, body);
            return new Exchange(scheduled, sent, firstByte, end, problem is null ? Outcome.Ok : Outcome.Error, status, problem) { Index = index };
        }
        catch (Exception exception)
        {
            var end = _time.GetElapsedTime(started);
            var (outcome, reason) = abort.IsCancellationRequested ? (Outcome.Timeout, "cancelled before the answer was there")
                : timeout.IsCancellationRequested ? (Outcome.Timeout, $"no complete answer within {_timeout.TotalSeconds} s")
                : status != 0 && exception is HttpRequestException or IOException ? (Outcome.Truncated, "the connection broke within the answer")
                : (Outcome.Error, Explain(exception));
            return new Exchange(scheduled, sent, firstByte == TimeSpan.Zero ? end : firstByte, end, outcome, status, reason) { Index = index };
        }
    }

    public void Dispose() => _http.Dispose();

    HttpRequestMessage Request(int index)
    {
        if (_target.Payloads is null)
        {
            return new HttpRequestMessage(HttpMethod.Get, _target.Address);
        }

        var content = new ReadOnlyMemoryContent(_target.Payloads.Of(index).Body);
        content.Headers.ContentType = _contentType;
        return new HttpRequestMessage(HttpMethod.Post, _target.Address) { Content = content };
    }

    async Task OpenConnectionAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout < _longestOpening ? _timeout : _longestOpening, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Head, _target.Address);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The timed requests will tell.
        }
    }

    static string Explain(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: SocketException socket } => $"connection: {socket.SocketErrorCode}",
        HttpRequestException request => $"connection: {request.HttpRequestError}",
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };
}
