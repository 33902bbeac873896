using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Assay.Benchmarks;

/// <summary>
/// An endpoint of the OpenAI protocol on loopback that says the same at once, in a process of its own: bare sockets, so that most of the two cores is left
/// to who asks. It reads heads only as far as the length of the body.
/// </summary>
static class InstantServer
{
    const string Body = """{"id":"x","object":"text_completion","model":"m","choices":[{"index":0,"text":"The answer is 3.","message":{"role":"assistant","content":"The answer is 3."},"finish_reason":"stop"}],"usage":{"prompt_tokens":24,"completion_tokens":6,"total_tokens":30}}""";

    static readonly byte[] _answer = System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

    /// <summary>Starts the process; its first line is the port.</summary>
    public static (Process Process, int Port) Start()
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--instant-server"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        return (process, int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }

    /// <summary>Serves until standard input ends, which it does with the process that started it.</summary>
    public static void Run()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(512);
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        _ = AcceptAsync(listener);
        while (Console.In.Read() >= 0)
        {
        }
    }

    static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync().ConfigureAwait(false);
            socket.NoDelay = true;
            _ = ServeAsync(socket);
        }
    }

    static async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        var (buffer, held) = (new byte[1 << 16], 0);
        try
        {
            while (await connection.ReceiveAsync(buffer.AsMemory(held)).ConfigureAwait(false) is > 0 and var read)
            {
                held += read;
                while (Length(buffer.AsSpan(0, held)) is { } length && length <= held)
                {
                    buffer.AsSpan(length, held - length).CopyTo(buffer);
                    held -= length;
                    await connection.SendAsync(_answer).ConfigureAwait(false);
                }
            }
        }
        catch (SocketException)
        {
            // Whoever asked is gone.
        }
    }

    // Of the whole request, once its head is there.
    static int? Length(ReadOnlySpan<byte> request)
    {
        var end = request.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var at = request[..end].IndexOf("ontent-"u8) is >= 0 ? Find(request[..end]) : -1;
        return at < 0 ? end + 4 : end + 4 + Number(request[at..end]);
    }

    static int Find(ReadOnlySpan<byte> head)
    {
        var upper = head.IndexOf("Content-Length: "u8);
        return (upper >= 0 ? upper : head.IndexOf("content-length: "u8)) is >= 0 and var at ? at + 16 : -1;
    }

    static int Number(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
