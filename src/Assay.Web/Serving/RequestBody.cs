using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving;

/// <summary>Reads bodies up to a limit of our own, so that a refusal has our words and the connection lives on.</summary>
static class RequestBody
{
    /// <summary>The whole body; null when it is longer than allowed.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, long most)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>((int)Math.Min(request.ContentLength ?? 0, 1024 * 1024) + 1);
        int read;
        do
        {
            read = await request.Body.ReadAsync(body.GetMemory(), request.HttpContext.RequestAborted).ConfigureAwait(false);
            body.Advance(read);
        }
        while (read > 0 && body.WrittenCount <= most);

        // In a conditional expression, null would become an empty memory.
        if (body.WrittenCount > most)
        {
            return null;
        }

        return body.WrittenMemory;
    }
}
