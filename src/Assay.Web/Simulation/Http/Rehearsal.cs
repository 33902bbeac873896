using System.Net.Sockets;
using System.Text;

namespace Assay.Web.Simulation.Http;

/// <summary>Asks a simulator for some streams.</summary>
static class Rehearsal
{
    const int Requests = 40;

    public static async Task RunAsync(Uri address, CancellationToken cancellationToken)
    {
        const string Body = """{"messages":[{"role":"user","content":"one two"}],"stream":true,"max_tokens":4,"stream_options":{"include_usage":true}}""";
        var request = Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        var bytes = new byte[16 * 1024];
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < Requests; i++)
        {
            await client.GetStream().WriteAsync(request, cancellationToken).ConfigureAwait(false);
            for (var length = 0; !bytes.AsSpan(0, length).EndsWith("\r\n0\r\n\r\n"u8);)
            {
                length += await client.GetStream().ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
