using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Models;

/// <summary>
/// Asks again after a failure that can pass, a bounded number of times, and waits in between: as long as the service asks, or else between half and the
/// whole of a bound that doubles ("equal jitter": Brooker, "Exponential backoff and jitter", 2015), so that how long a service may be away is certain.
/// </summary>
/// <param name="inner">What is asked.</param>
/// <param name="options">How often, and how long between.</param>
/// <param name="time">Of the waits.</param>
public sealed class RetryingModel(IModel inner, RetryOptions options, TimeProvider time) : IModel
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SeededRandom? random = null;
        Spending? spent = null;
        for (var attempt = 1; ; attempt++)
        {
            var response = await inner.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
            spent += response.Spent;
            response = response with { Attempts = attempt, Spent = spent };
            if (!response.CanPass)
            {
                return response;
            }

            if (attempt > options.Retries || response.RetryAfter > options.LongestAsked)
            {
                return attempt == 1 ? response : response with { Reason = $"{response.Reason} (the last of {attempt} attempts)" };
            }

            random ??= Jitter(request);
            await Task.Delay(Wait(response, attempt, random), time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Of the prompt, not of the place: the choices of one sample are asked side by side, and are not to come back all at once.
    SeededRandom Jitter(Request request) =>
        new SeededRandom(options.Seed).Derive(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(request.Prompt)))).Derive((ulong)request.Attempt);

    // What the service asks for is a least: the jitter is added, or all who wait would come back at once.
    TimeSpan Wait(Response response, int attempt, SeededRandom random)
    {
        var most = Math.Min(options.LongestWait.TotalSeconds, options.FirstWait.TotalSeconds * Math.Pow(2, attempt - 1));
        return response.RetryAfter is { } asked
            ? asked + (options.FirstWait * random.NextDouble())
            : TimeSpan.FromSeconds(most * (1 + random.NextDouble()) / 2);
    }
}
