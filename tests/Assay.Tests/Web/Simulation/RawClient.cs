using System.Net.Sockets;
using System.Text;

namespace Assay.Tests.Web.Simulation;

/// <summary>A client that sends what it is told and notes when bytes came, on the clock of the simulator.</summary>
sealed class RawClient(TcpClient client) : IDisposable
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>All that came.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>When a read ended, in seconds, and how much had come then.</summary>
    public List<(double At, int Length)> Reads { get; } = [];

    /// <summary>The server has ended the connection by a reset, not by its end.</summary>
    public bool IsReset { get; private set; }

    public static double Now => TimeProvider.System.GetTimestamp() / (double)TimeProvider.System.TimestampFrequency;

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, Token);
        return new RawClient(client);
    }

    public static string Post(string path, string body, string headers = "") =>
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public ValueTask SendAsync(string text) => client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), Token);

    /// <summary>Reads until the text has been there so often, or the connection ends.</summary>
    public async Task<string> ReadToAsync(string end, int times = 1)
    {
        var buffer = new byte[64 * 1024];
        while (Text.ToString().Split(end).Length <= times)
        {
            try
            {
                var count = await client.GetStream().ReadAsync(buffer, Token);
                if (count == 0)
                {
                    break;
                }

                Text.Append(Encoding.UTF8.GetString(buffer, 0, count));
                Reads.Add((Now, Text.Length));
            }
            catch (IOException)
            {
                IsReset = true;
                break;
            }
        }

        return Text.ToString();
    }

    public void Dispose() => client.Dispose();
}
