using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Web.Reporting.Samples;

/// <summary>Data within a page: a script element of a type that no browser runs, which holds base64 of gzip.</summary>
static class DataBlock
{
    /// <summary>A lone surrogate, which UTF-8 cannot carry, becomes U+FFFD.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(Stream destination, string id, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(Encoding.ASCII.GetBytes($"<script type=\"application/octet-stream\" id=\"{id}\">"), cancellationToken);
        await destination.WriteAsync(Packed(data.Span), cancellationToken);
        await destination.WriteAsync("</script>\n"u8.ToArray(), cancellationToken);
    }

    static byte[] Packed(ReadOnlySpan<byte> data)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(data);
        }

        var text = new byte[Base64.GetMaxEncodedToUtf8Length((int)packed.Length)];
        Base64.EncodeToUtf8(packed.GetBuffer().AsSpan(0, (int)packed.Length), text, out _, out _);
        return text;
    }
}
