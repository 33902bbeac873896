using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Models;

/// <summary>
/// Keeps complete answers in a folder, a file each, and gives them again. Whole files appear at once, so several processes may share the folder; a file
/// that cannot be read is as if it were not there. For requests whose answer is determined: greedy, or with a seed.
/// </summary>
/// <param name="inner">What is asked when nothing is kept.</param>
/// <param name="folder">Made when the first answer comes.</param>
/// <param name="identity">Everything that determines the answer to a request.</param>
public sealed class CachingModel(IModel inner, string folder, Func<Request, byte[]> identity) : IModel
{
    int _written;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var key = Convert.ToHexStringLower(SHA256.HashData(identity(request)));
        var path = Path.Combine(folder, key[..2], $"{key}.json");
        if (await ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } kept)
        {
            // Nobody was asked, and nothing was paid.
            return kept with { Attempts = 0, Latency = TimeSpan.Zero, Spent = null };
        }

        var response = await inner.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Text is not null && (response.Outcome == Outcome.Ok || response.IsAtLimit))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var part = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _written)}";
            await File.WriteAllBytesAsync(part, JsonSerializer.SerializeToUtf8Bytes(response, ResponseJson.Default.Response), cancellationToken).ConfigureAwait(false);
            File.Move(part, path, overwrite: true);
        }

        return response;
    }

    static async Task<Response?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), ResponseJson.Default.Response) : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(Response))]
sealed partial class ResponseJson : JsonSerializerContext;
