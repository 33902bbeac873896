namespace Assay.Models;

/// <summary>A circuit breaker: after so many failures in a row, each with all its attempts, nobody asks any more.</summary>
/// <param name="inner">What is asked.</param>
/// <param name="mostInARow">The last of these failures ends it, from 1.</param>
public sealed class BreakingModel(IModel inner, int mostInARow) : IModel
{
    int _inARow;
    volatile string? _lastReason;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    /// <exception cref="ModelStoppedException">It failed too often.</exception>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        var response = await inner.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Outcome is Outcome.Ok or Outcome.Refused || (response.Outcome == Outcome.Truncated && response.Text is not null))
        {
            Volatile.Write(ref _inARow, 0);
        }
        else
        {
            _lastReason = response.Reason;
            if (Interlocked.Increment(ref _inARow) == mostInARow)
            {
                ThrowIfOpen();
            }
        }

        return response;
    }

    void ThrowIfOpen()
    {
        if (Volatile.Read(ref _inARow) is var failures && failures >= mostInARow)
        {
            throw new ModelStoppedException(
                $"{Name} failed {failures} times in a row, the last time with: {_lastReason}. What was answered is kept. Mend the service and go on with --resume.");
        }
    }
}
