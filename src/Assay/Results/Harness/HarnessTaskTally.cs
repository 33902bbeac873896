using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Results.Harness;

/// <summary>Gathers the scores of a task's samples and aggregates them as lm-evaluation-harness does. Source: its evaluator_utils.py.</summary>
sealed class HarnessTaskTally
{
    /// <summary>What stands where a number is not defined.</summary>
    public const string None = "N/A";

    readonly TaskDefinition _task;
    readonly OrderedDictionary<(string Filter, string Metric), HarnessItems> _items = [];

    public HarnessTaskTally(TaskDefinition task)
    {
        _task = task;
        foreach (var filter in task.Filters)
        {
            foreach (var metric in HarnessAnswer.Names(task))
            {
                _items[(filter.Name, metric)] = new HarnessItems(metric);
            }
        }
    }

    public void Add(SampleScore score)
    {
        foreach (var metric in _task.Metrics.Where(metric => score.Scores.ContainsKey(metric.Name)))
        {
            _items[(score.Filter, metric.Name)].Add(score);
        }
    }

    /// <summary><c>name</c>, <c>alias</c>, <c>sample_len</c> (scored samples of the last metric, as there), then <c>metric,filter</c> and <c>metric_stderr,filter</c>.</summary>
    public OrderedDictionary<string, object?> Results(CancellationToken cancellationToken)
    {
        var results = new OrderedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = _task.Name,
            ["alias"] = _task.Alias ?? _task.Name,
            ["sample_len"] = (long)_items.GetAt(_items.Count - 1).Value.Count,
        };
        foreach (var ((filter, metric), items) in _items.Where(entry => entry.Value.Count > 0))
        {
            results[$"{metric},{filter}"] = items.Value() ?? (object)None;
            results[$"{metric}_stderr,{filter}"] = items.StandardError(cancellationToken) ?? (object)None;
        }

        return results;
    }
}
