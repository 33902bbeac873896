using System.Collections.Immutable;
using System.Runtime.ExceptionServices;

namespace Assay.Learning.Tuning;

/// <summary>One run of a study. Trials start in the order of their numbers, each when all that it may learn from have ended.</summary>
sealed class StudyRun(StudyOptions options, Objective objective, int workers, StudyJournal? journal, IProgress<Trial>? ended) : IDisposable
{
    readonly Trial[] _known = new Trial[options.Trials];
    readonly List<Task<Trial>> _trials = [];
    readonly SemaphoreSlim _workers = new(workers);
    Exception? _bug;

    public void Dispose() => _workers.Dispose();

    public async Task<StudyResult> ToEndAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var propose = options.Sampler.Begin(options);
            for (var number = 0; number < options.Trials; number++)
            {
                var known = Math.Max(0, number - options.Window + 1);
                if (known > 0)
                {
                    _known[known - 1] = await _trials[known - 1].ConfigureAwait(false);
                }

                var from = new ArraySegment<Trial>(_known, 0, known);
                if ((number == 0 && options.Default is { } start ? start : propose(number, from)) is not { } setting)
                {
                    break;
                }

                _trials.Add(TrialAsync(number, setting, from, stop));
            }

            return new StudyResult([.. await Task.WhenAll(_trials).ConfigureAwait(false)], options.Direction);
        }
        catch (OperationCanceledException) when (_bug is not null)
        {
            ExceptionDispatchInfo.Throw(_bug);
            throw;
        }
        finally
        {
            // A bug or a cancellation ends the other trials too, before the journal is closed.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(_trials)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<Trial> TrialAsync(int number, ImmutableSortedDictionary<string, ParameterValue> setting, ArraySegment<Trial> known, CancellationTokenSource stop)
    {
        try
        {
            var trial = journal?.Take(number, setting) is { } kept
                ? kept.Replay(new TrialContext(number, setting, options, known, null))
                : await TryAsync(new TrialContext(number, setting, options, known, journal is null ? null : report => journal.Reported(number, report)), stop.Token)
                    .ConfigureAwait(false);
            ended?.Report(trial);
            return trial;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Interlocked.CompareExchange(ref _bug, e, null);
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    async Task<Trial> TryAsync(TrialContext context, CancellationToken cancellationToken)
    {
        await _workers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            journal?.Started(context);
            var trial = await Task.Run(() => EvaluateAsync(context, cancellationToken), cancellationToken).ConfigureAwait(false);
            journal?.Ended(trial);
            return trial;
        }
        finally
        {
            _workers.Release();
        }
    }

    async Task<Trial> EvaluateAsync(TrialContext context, CancellationToken cancellationToken)
    {
        try
        {
            return context.End(await objective(context, cancellationToken).ConfigureAwait(false), null);
        }
        catch (UserErrorException e)
        {
            return context.End(double.NaN, e.Message);
        }
    }
}
