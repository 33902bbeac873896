using Assay.Results;

namespace Assay.Comparing;

/// <summary>What is kept of the records of one task, model and filter. Repeats of a sample are folded to their mean.</summary>
sealed class ScoreColumns(string? task, string model, string? filter)
{
    readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    readonly List<string> _ids = [];

    public string? Task => task;

    public string Model => model;

    public string? Filter => filter;

    public IReadOnlyList<string> Ids => _ids;

    public OrderedDictionary<string, NumberColumn> Scores { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, LabelColumn> Tags { get; } = new(StringComparer.Ordinal);

    public LabelColumn Clusters { get; } = new();

    /// <summary>seconds, input_tokens, output_tokens, cost.</summary>
    public OrderedDictionary<string, NumberColumn> Costs { get; } = new(StringComparer.Ordinal)
    {
        ["seconds"] = new(),
        ["input_tokens"] = new(),
        ["output_tokens"] = new(),
        ["cost"] = new(),
    };

    public CutTexts Targets { get; } = new();

    public CutTexts Answers { get; } = new();

    public int Find(string id) => _indices.GetValueOrDefault(id, -1);

    /// <summary>The sample's score, if it is the same sample: null with another target, or when it is not there.</summary>
    public double? Score(string id, string? target, string metric) =>
        Find(id) is >= 0 and var index && Scores.TryGetValue(metric, out var column) && (target is null || Targets[index] is not { } known || known == CutTexts.Cut(target))
            ? column[index] : null;

    /// <summary>A second record of a sample without a repeat's number takes the place of the first, as in a store.</summary>
    public void Add(Record record)
    {
        var isNew = !_indices.TryGetValue(record.Id, out var index);
        if (isNew)
        {
            index = _indices[record.Id] = _ids.Count;
            _ids.Add(record.Id);
        }

        var replace = record.Repeat is null;
        foreach (var column in replace && !isNew ? Scores.Values.Concat(Costs.Values) : [])
        {
            column.Clear(index);
        }

        foreach (var (metric, score) in record.Scores)
        {
            if (double.IsFinite(score))
            {
                (Scores.TryGetValue(metric, out var column) ? column : Scores[metric] = new()).Add(index, score, replace);
            }
        }

        Keep("seconds", record.Seconds);
        Keep("input_tokens", record.InputTokens);
        Keep("output_tokens", record.OutputTokens);
        Keep("cost", record.Cost);
        foreach (var (name, label) in record.Tags ?? new Dictionary<string, string>())
        {
            (Tags.TryGetValue(name, out var column) ? column : Tags[name] = new()).Set(index, label);
        }

        if (record.Cluster is { } cluster)
        {
            Clusters.Set(index, cluster);
        }

        Targets.Set(index, record.Target);
        Answers.Set(index, record.Answer);

        void Keep(string name, double? value)
        {
            if (value is { } number && double.IsFinite(number))
            {
                Costs[name].Add(index, number, replace);
            }
        }
    }
}
