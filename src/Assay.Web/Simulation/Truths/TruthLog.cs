using System.Collections.Immutable;
using Assay.Transformers;
using Assay.Web.Serving.OpenAI;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Http;
using Assay.Web.Simulation.Replies;

namespace Assay.Web.Simulation.Truths;

/// <summary>Writes down when everything truly happened. Thread-safe.</summary>
/// <param name="file">A line of JSON for each answer, at its end; null keeps the sums only.</param>
sealed class TruthLog(Stream? file) : IDisposable
{
    const int FlushAt = 64 * 1024;

    readonly Lock _lock = new();
    readonly Output _lines = new();
    Sums _sums = new();
    EngineCounts _before = new();

    /// <summary>Since the start, whatever was reset: what the metrics tell.</summary>
    public (long Prompt, long Generated) Tokens { get; private set; }

    /// <summary>Since the start too.</summary>
    public ServingMetrics Metrics { get; } = new();

    public void Dispose()
    {
        Flush();
        file?.Dispose();
    }

    /// <summary>Chunks written together.</summary>
    /// <param name="answer">Whose; its times are not yet those of this writing.</param>
    /// <param name="chunks">1 or more.</param>
    /// <param name="written">When.</param>
    /// <param name="late">After its time; null when a fault held it.</param>
    public void Wrote(Answer answer, int chunks, long written, long? late)
    {
        lock (_lock)
        {
            _sums.Chunks += chunks;
            if (answer.FirstWritten == Answer.Never)
            {
                _sums.Ttft.Add(written - answer.Arrived);
                Metrics.TimeToFirstToken.Add(Span(written - answer.Arrived));
            }
            else
            {
                _sums.Gap.Add(written - answer.LastWritten);
                Metrics.BetweenTokens.Add(Span(written - answer.LastWritten));
            }

            if (chunks > 1)
            {
                _sums.Gap.Add(0, chunks - 1);
                Metrics.BetweenTokens.Add(TimeSpan.Zero, chunks - 1);
            }

            if (late is { } time)
            {
                _sums.Lateness.Add(time, chunks);
            }
        }
    }

    public void Ended(Answer answer)
    {
        lock (_lock)
        {
            Measure(answer);
            _sums.Requests++;
            _sums.PromptTokens += answer.PromptTokens;
            _sums.Tokens += answer.Written;
            _sums.Outcomes[answer.Outcome] = _sums.Outcomes.GetValueOrDefault(answer.Outcome) + 1;
            if (file is not null)
            {
                TruthLine.Write(_lines, answer);
                if (_lines.Length >= FlushAt)
                {
                    FlushLines();
                }
            }
        }
    }

    /// <summary>All lines so far are in the file.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            FlushLines();
        }
    }

    public void Reset(EngineCounts now)
    {
        lock (_lock)
        {
            (_sums, _before) = (new Sums(), now);
        }
    }

    public TruthSummary Summary(EngineCounts now)
    {
        lock (_lock)
        {
            return new TruthSummary
            {
                Requests = _sums.Requests,
                Outcomes = _sums.Outcomes.ToImmutableSortedDictionary(StringComparer.Ordinal),
                PromptTokens = _sums.PromptTokens,
                Tokens = _sums.Tokens,
                Chunks = _sums.Chunks,
                Ttft = TruthTimes.Of(_sums.Ttft),
                Gap = TruthTimes.Of(_sums.Gap),
                Lateness = TruthTimes.Of(_sums.Lateness),
                Engine = now with
                {
                    PromptTokens = now.PromptTokens - _before.PromptTokens,
                    CachedTokens = now.CachedTokens - _before.CachedTokens,
                    PromptBlocks = now.PromptBlocks - _before.PromptBlocks,
                    CachedBlocks = now.CachedBlocks - _before.CachedBlocks,
                    GeneratedTokens = now.GeneratedTokens - _before.GeneratedTokens,
                    Preemptions = now.Preemptions - _before.Preemptions,
                },
            };
        }
    }

    void Measure(Answer answer)
    {
        // What was refused before it was taken up is in no count, as with vLLM.
        var isTakenUp = answer.FirstDue != Answer.Never;
        if (!isTakenUp && answer.Outcome != "aborted")
        {
            return;
        }

        var isWhole = answer.IsDone && answer.Outcome == "ok";
        Tokens = (Tokens.Prompt + (isTakenUp ? answer.PromptTokens : 0), Tokens.Generated + answer.Written);
        Metrics.Finish(!isWhole ? null : answer.FinishReason == "stop" ? FinishReason.Stop : FinishReason.Length);
        if (isWhole)
        {
            Metrics.WholeAnswer.Add(Span(answer.LastWritten - answer.Arrived));
            if (answer.Written > 1)
            {
                Metrics.TimePerOutputToken.Add(Span((answer.LastWritten - answer.FirstWritten) / (answer.Written - 1)));
            }
        }
    }

    static TimeSpan Span(long nanoseconds) => new(nanoseconds / TimeSpan.NanosecondsPerTick);

    void FlushLines()
    {
        file?.Write(_lines.Written);
        file?.Flush();
        _lines.Clear();
    }

    sealed class Sums
    {
        public long Requests { get; set; }

        public long PromptTokens { get; set; }

        public long Tokens { get; set; }

        public long Chunks { get; set; }

        public Dictionary<string, long> Outcomes { get; } = [];

        public TimeHistogram Ttft { get; } = new();

        public TimeHistogram Gap { get; } = new();

        public TimeHistogram Lateness { get; } = new();
    }
}
