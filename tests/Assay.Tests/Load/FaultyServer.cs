using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Assay.Tests.Load;

/// <summary>An HTTP server that answers the n-th request, from 0, with the given bytes: a text, null to cut the connection, or <see cref="Hang"/>. HEAD is answered well and not counted.</summary>
sealed class FaultyServer : IAsyncDisposable
{
    public const string Hang = "hang";

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly Func<int, string?> _answer;
    readonly Task _accepting;
    int _requests;

    public FaultyServer(Func<int, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    public static string Reply(int status, string body, string type = "application/json") =>
        $"HTTP/1.1 {status} Something\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

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
                var stream = client.GetStream();
                while (await ReadRequestAsync(stream) is { } head)
                {
                    var answer = head.StartsWith("HEAD", StringComparison.Ordinal)
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                        : _answer(Interlocked.Increment(ref _requests) - 1);
                    if (answer is null)
                    {
                        return;
                    }

                    await (answer == Hang ? Task.Delay(Timeout.Infinite, _end.Token) : stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _end.Token).AsTask());
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client left, or the test ended.
        }
    }

    async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        var head = text.ToString();
        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        await stream.ReadExactlyAsync(new byte[length is null ? 0 : int.Parse(length.AsSpan(16), null)], _end.Token);
        return head;
    }
}
