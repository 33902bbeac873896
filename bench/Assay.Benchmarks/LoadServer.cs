using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Assay.Benchmarks;

/// <summary>
/// Answers every POST with a streamed chat answer of 16 chunks, all at once or so many milliseconds apart, and every GET with the truth: the medians of the
/// time from reading a request to writing its first chunk, and between writes. A thread for each connection: the plainest server there is.
/// </summary>
sealed class LoadServer(int gapMilliseconds)
{
    const int Chunks = 16;
    const int MostKept = 1_000_000;

    static readonly byte[] _head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray();
    static readonly byte[] _end = [.. Chunk("""data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}"""), .. Chunk("""data: {"id":"c","choices":[],"usage":{"prompt_tokens":8,"completion_tokens":16}}"""), .. Chunk("data: [DONE]"), .. "0\r\n\r\n"u8];
    static readonly byte[][] _chunks = [.. Enumerable.Range(0, Chunks).Select(i => Chunk(string.Create(CultureInfo.InvariantCulture,
        $$$"""data: {"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{"content":" word{{{i}}}"},"logprobs":null,"finish_reason":null}]}""")))];
    static readonly byte[] _whole = [.. _head, .. _chunks.SelectMany(chunk => chunk), .. _end];

    readonly List<double> _first = [], _gaps = [];
    readonly Lock _lock = new();

    public void Run()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1024);
        Console.WriteLine($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/v1/chat/completions");
        while (true)
        {
            var socket = listener.Accept();
            new Thread(() => Serve(socket), 128 << 10) { IsBackground = true }.Start();
        }
    }

    static byte[] Chunk(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\n\n");
        return [.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n"u8];
    }

    void Serve(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[64 << 10];
            try
            {
                // Requests of the benchmark come in one piece.
                for (var read = socket.Receive(buffer); read > 0; read = socket.Receive(buffer))
                {
                    Answer(socket, buffer.AsSpan(0, read));
                }
            }
            catch (SocketException)
            {
                // The client left.
            }
        }
    }

    void Answer(Socket socket, ReadOnlySpan<byte> request)
    {
        if (request.StartsWith("HEAD"u8))
        {
            socket.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        }
        else if (request.StartsWith("GET"u8))
        {
            var truth = Truth();
            socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {truth.Length}\r\n\r\n{truth}"));
        }
        else if (gapMilliseconds == 0)
        {
            socket.Send(_whole);
        }
        else
        {
            SendSlowly(socket);
        }
    }

    void SendSlowly(Socket socket)
    {
        var began = TimeProvider.System.GetTimestamp();
        Span<double> at = stackalloc double[Chunks];
        for (var i = 0; i < Chunks; i++)
        {
            Thread.Sleep(gapMilliseconds);
            at[i] = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            socket.Send(i == 0 ? [.. _head, .. _chunks[0]] : _chunks[i]);
        }

        socket.Send(_end);
        lock (_lock)
        {
            if (_gaps.Count < MostKept)
            {
                _first.Add(at[0]);
                for (var i = 1; i < Chunks; i++)
                {
                    _gaps.Add(at[i] - at[i - 1]);
                }
            }
        }
    }

    string Truth()
    {
        lock (_lock)
        {
            _first.Sort();
            _gaps.Sort();
            return _gaps.Count == 0 ? "0 0" : FormattableString.Invariant($"{_first[_first.Count / 2]:F9} {_gaps[_gaps.Count / 2]:F9}");
        }
    }
}
