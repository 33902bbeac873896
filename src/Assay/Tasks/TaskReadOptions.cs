namespace Assay.Tasks;

/// <summary>Where a task's data are looked for.</summary>
public sealed record TaskReadOptions
{
    /// <summary>Where data files are looked for when they are not beside the task file.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>
    /// The folder of local data sets, <c>DATA/dataset_path/dataset_name/split.jsonl</c> (also .json, .csv, all also .gz); null: only tasks that name
    /// their files have data.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>False reads the definition of a task whose data are not here; it has no samples then.</summary>
    public bool RequireData { get; init; } = true;
}
