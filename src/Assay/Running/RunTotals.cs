using Assay.Results;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>What a run took so far: the numbers that gates call cost, tokens and seconds.</summary>
sealed class RunTotals
{
    readonly Dictionary<(string? Task, string Model), string?> _filters = [];
    double _cost;
    long _inputTokens;
    long _outputTokens;
    long _costs;
    long _counted;
    long _samples;

    /// <summary>Takes up a record; under a second filter a sample was not paid for again.</summary>
    public void Add(Record record)
    {
        if (record.Stage != "evaluate" || (_filters.TryGetValue((record.Task, record.Model), out var filter) ? filter : _filters[(record.Task, record.Model)] = record.Filter) != record.Filter)
        {
            return;
        }

        _samples++;
        _costs += record.Cost is null ? 0 : 1;

        // With what failed attempts took.
        _cost += record.Cost is null ? 0 : record.Spent?.CostUsd ?? record.Cost.Value;
        _counted += record.InputTokens is null && record.OutputTokens is null ? 0 : 1;
        _inputTokens += record.InputTokens ?? 0;
        _outputTokens += record.OutputTokens ?? 0;
    }

    /// <summary>Of one sample, in US dollars; null where no cost is known.</summary>
    public double? CostOfSample => _costs == 0 ? null : _cost / _costs;

    /// <summary>With the seconds of the whole run.</summary>
    public IEnumerable<Estimate> Estimates(double seconds) =>
    [
        Of("seconds", seconds, "s", null),
        Of("cost", _costs > 0 ? _cost : null, "USD", "no cost is known: give the prices of the model"),
        Of("tokens", _counted > 0 ? _inputTokens + _outputTokens : null, null, "the model tells no token counts"),
        Of("tokens/input", _counted > 0 ? _inputTokens : null, null, "the model tells no token counts"),
        Of("tokens/output", _counted > 0 ? _outputTokens : null, null, "the model tells no token counts"),
    ];

    Estimate Of(string metric, double? value, string? unit, string? whyNot) => new()
    {
        Metric = metric,
        Definition = metric,
        Value = value,
        N = _samples,
        Unit = unit,
        Stage = "run",
        Reason = value is null ? whyNot : "a total of this run, not an estimate",
    };
}
