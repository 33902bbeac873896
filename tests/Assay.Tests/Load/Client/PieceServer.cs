using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Assay.Tests.Load.Client;

/// <summary>An HTTP server that sends each answer in the given pieces, over TLS where it has a certificate, and closes after it or not.</summary>
sealed class PieceServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly Func<string, IEnumerable<byte[]>> _answer;
    readonly bool _closes;
    readonly SslServerAuthenticationOptions? _tls;
    readonly Task _accepting;

    /// <param name="answer">From the body of the request.</param>
    /// <param name="closes">After each answer.</param>
    /// <param name="tls">Null without.</param>
    public PieceServer(Func<string, IEnumerable<byte[]>> answer, bool closes = false, SslServerAuthenticationOptions? tls = null)
    {
        (_answer, _closes, _tls) = (answer, closes, tls);
        _listener.Start(512);
        Address = new Uri($"{(tls is null ? "http" : "https")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1/chat/completions");
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The end of the test.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await using var stream = _tls is null ? (Stream)client.GetStream() : new SslStream(client.GetStream());
                await (stream is SslStream tls ? tls.AuthenticateAsServerAsync(_tls!, _end.Token) : Task.CompletedTask);
                while (await ReadAsync(stream) is var (isHead, body))
                {
                    foreach (var piece in isHead ? ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray()] : _answer(body))
                    {
                        await stream.WriteAsync(piece, _end.Token);
                        await stream.FlushAsync(_end.Token);
                    }

                    if (_closes && !isHead)
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client left, or the test ended.
        }
    }

    async Task<(bool IsHead, string Body)?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        var body = new byte[length is null ? 0 : int.Parse(length.AsSpan(16), null)];
        await stream.ReadExactlyAsync(body, _end.Token);
        return (head.ToString().StartsWith("HEAD", StringComparison.Ordinal), Encoding.UTF8.GetString(body));
    }
}
