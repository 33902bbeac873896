using Assay.Models;
using Assay.Results.Harness;
using Assay.Tasks;

namespace Assay.Running.Harness;

/// <summary>One task of a model in the form of lm-evaluation-harness' logs, while it is answered.</summary>
sealed class HarnessTaskLog(TaskDefinition task, string path, bool chat, int fewshot) : IDisposable
{
    readonly HarnessSamplesFile _file = new(task, path, chat);
    readonly HarnessTaskTally _tally = new(task);
    readonly SortedDictionary<string, long> _unscored = new(StringComparer.Ordinal);
    long _samples;

    public void Add(SampleAnswer answer)
    {
        _samples++;
        _file.Add(answer.Sample, answer.Output, answer.Reasoning, answer.Scores);
        foreach (var score in answer.Scores)
        {
            _tally.Add(score);
            if (score.Scores.Count == 0)
            {
                var outcome = OutcomeName.Of(score.Outcome);
                _unscored[outcome] = _unscored.GetValueOrDefault(outcome) + 1;
            }
        }
    }

    /// <summary>Ends the samples file and gives the results of what was answered.</summary>
    /// <param name="original">Documents of the split; null where all were samples.</param>
    /// <param name="cancellationToken">Ends the resampling.</param>
    public HarnessTaskResults Complete(long? original, CancellationToken cancellationToken)
    {
        var unscored = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (outcome, count) in _unscored)
        {
            unscored[outcome] = count;
        }

        return new HarnessTaskResults(task, _tally.Results(cancellationToken), fewshot, original ?? _samples, _file.Complete(), unscored);
    }

    public void Dispose() => _file.Dispose();
}
