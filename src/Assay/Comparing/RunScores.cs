using Assay.Results;

namespace Assay.Comparing;

/// <summary>
/// The scores of a run in columns, ready to be compared: about 150 bytes a sample. Filled by <see cref="ReadAsync(StoredRun, string?, string?, string, CancellationToken)"/>
/// or record by record. Adding is not thread-safe; comparing only reads.
/// </summary>
/// <param name="label">What the run is called in the comparison.</param>
/// <param name="header">Of a stored run; null for a file of records.</param>
/// <param name="model">Only this model's records; null for all.</param>
/// <param name="stage">Only this stage's records.</param>
public sealed class RunScores(string label, RunHeader? header = null, string? model = null, string stage = "evaluate")
{
    readonly OrderedDictionary<(string? Task, string Model, string? Filter), ScoreColumns> _columns = [];
    readonly HashSet<string> _otherModels = new(StringComparer.Ordinal);

    /// <summary>As given.</summary>
    public string Label => label;

    /// <summary>As given.</summary>
    public RunHeader? Header => header;

    /// <summary>The models that have records, in their order.</summary>
    public IReadOnlyList<string> Models => [.. _columns.Keys.Select(key => key.Model).Distinct()];

    internal IReadOnlyList<ScoreColumns> Columns => _columns.Values;

    /// <summary>The columns that this task, model and filter of another run are compared with; null when there are none.</summary>
    internal ScoreColumns? Match(string? task, string model, string? filter, bool byName) => Columns.FirstOrDefault(columns =>
        columns.Task == task && columns.Filter == filter && (columns.Model == model || (!byName && Models.Count == 1)));

    internal ComparedRun Describe() => new(label, header?.Id, header?.Name, header?.Started, _columns.Values.GroupBy(columns => columns.Task).Sum(task => task.Max(columns => (long)columns.Ids.Count)));

    /// <summary>Takes up a record; one of another model or stage is passed over.</summary>
    public void Add(Record record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Stage != stage)
        {
            return;
        }

        if (model is not null && record.Model != model)
        {
            _otherModels.Add(record.Model);
            return;
        }

        var key = (record.Task, record.Model, record.Filter);
        (_columns.TryGetValue(key, out var columns) ? columns : _columns[key] = new ScoreColumns(record.Task, record.Model, record.Filter)).Add(record);
    }

    /// <summary>Reads all records of a stored run.</summary>
    /// <exception cref="UserErrorException">The run has no records of this stage, or none of this model.</exception>
    public static Task<RunScores> ReadAsync(StoredRun run, string? label = null, string? model = null, string stage = "evaluate", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ReadAsync(new RunScores(label ?? run.Summary.Header.Id, run.Summary.Header, model, stage), run.Records, cancellationToken);
    }

    /// <summary>Reads records of another source, such as a file.</summary>
    /// <exception cref="UserErrorException">There are no records of this stage, or none of this model.</exception>
    public static Task<RunScores> ReadAsync(string label, IAsyncEnumerable<Record> records, string? model = null, string stage = "evaluate", CancellationToken cancellationToken = default) =>
        ReadAsync(new RunScores(label, null, model, stage), records, cancellationToken);

    static async Task<RunScores> ReadAsync(RunScores scores, IAsyncEnumerable<Record> records, CancellationToken cancellationToken)
    {
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            scores.Add(record);
        }

        scores.Require();
        return scores;
    }

    void Require()
    {
        if (_columns.Count > 0)
        {
            return;
        }

        throw new UserErrorException(_otherModels.Count > 0
            ? $"{label} has no model '{model}'.{NearestName.Hint(model!, _otherModels)} It has: {string.Join(", ", _otherModels)}."
            : $"{label} has no records of stage {stage}, so there is nothing to compare. 'assay runs' tells how many records each run has.");
    }
}
