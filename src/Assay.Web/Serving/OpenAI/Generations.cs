using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>Generates all answers to one request at once and gives their tokens in the order in which they come.</summary>
sealed class Generations(InferenceEngine engine, ServingMetrics metrics, TimeProvider time)
{
    /// <summary>Ends when all answers have; leaving the loop, or the token, gives up those that have not.</summary>
    /// <exception cref="ApiProblem">The queue is full, or a request is refused.</exception>
    public async IAsyncEnumerable<(int Choice, GeneratedToken Token)> RunAsync(
        IReadOnlyList<GenerationRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tokens = Channel.CreateUnbounded<(int, GeneratedToken)>(new UnboundedChannelOptions { SingleReader = true });
        Task[] answers = [.. requests.Select((request, choice) => AnswerAsync(request, choice, tokens.Writer, stop.Token))];
        var all = CompleteAsync(answers, tokens.Writer);
        try
        {
            // A full queue is known at once; no answer to the others may go out before it is told.
            if (answers.FirstOrDefault(answer => answer.IsFaulted) is { Exception.InnerException: { } refused })
            {
                throw ApiProblem.Of(refused);
            }

            await foreach (var token in tokens.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return token;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(false);
        }
    }

    /// <summary>Of tokens[i] given those before it, for i from 1.</summary>
    /// <exception cref="ApiProblem">The queue is full.</exception>
    public async Task<ImmutableArray<TokenScore>> ScoreAsync(ImmutableArray<int> tokens, int top, CancellationToken cancellationToken)
    {
        try
        {
            return tokens.Length < 2 ? [] : await engine.ScoreAsync(tokens.AsMemory(), top, cancellationToken).ConfigureAwait(false);
        }
        catch (QueueFullException full)
        {
            throw Full(full);
        }
    }

    static ApiProblem Full(QueueFullException full) =>
        new(429, "rate_limit_error", full.Message, code: "rate_limit_exceeded") { RetryAfter = full.RetryAfter };

    static async Task CompleteAsync(Task[] answers, ChannelWriter<(int, GeneratedToken)> tokens)
    {
        Exception? failure = null;
        foreach (var answer in answers)
        {
            try
            {
                await answer.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failure ??= exception;
                tokens.TryComplete(exception is OperationCanceledException ? exception : ApiProblem.Of(exception));
            }
        }

        tokens.TryComplete(failure);
    }

    async Task AnswerAsync(GenerationRequest request, int choice, ChannelWriter<(int, GeneratedToken)> tokens, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var (first, last, count) = (0L, 0L, 0);
        FinishReason? finish = null;
        try
        {
            await foreach (var token in engine.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
            {
                var now = time.GetTimestamp();
                if (count++ == 0)
                {
                    first = now;
                    metrics.TimeToFirstToken.Add(time.GetElapsedTime(start, now));
                }
                else
                {
                    metrics.BetweenTokens.Add(time.GetElapsedTime(last, now));
                }

                (last, finish) = (now, token.Finish);
                tokens.TryWrite((choice, token));
            }

            if (count > 1)
            {
                metrics.TimePerOutputToken.Add(time.GetElapsedTime(first, last) / (count - 1));
            }

            metrics.WholeAnswer.Add(time.GetElapsedTime(start, last));
        }
        catch (QueueFullException full)
        {
            throw Full(full);
        }
        finally
        {
            if (count > 0 || cancellationToken.IsCancellationRequested)
            {
                metrics.Finish(finish);
            }
        }
    }
}
