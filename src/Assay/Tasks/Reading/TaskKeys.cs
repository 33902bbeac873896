namespace Assay.Tasks.Reading;

/// <summary>Every key that lm-evaluation-harness knows in a task file.</summary>
static class TaskKeys
{
    /// <summary>Those that are read.</summary>
    public static IReadOnlySet<string> Read { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "task", "task_alias", "tag", "dataset_path", "dataset_name", "dataset_kwargs", "training_split", "validation_split", "test_split", "fewshot_split",
        "output_type", "process_docs", "doc_to_text", "doc_to_target", "doc_to_choice", "gen_prefix", "target_delimiter", "fewshot_delimiter", "description",
        "fewshot_config", "num_fewshot", "repeats", "generation_kwargs", "filter_list", "metric_list", "process_results", "metadata",
    };

    /// <summary>Those that do not change a result.</summary>
    public static IReadOnlySet<string> Harmless { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "version", "should_decontaminate", "doc_to_decontamination_query", "unsafe_code", "group_alias", "group", "task_list",
    };

    /// <summary>Those that change a result and are not supported.</summary>
    public static IReadOnlySet<string> Unsupported { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "custom_dataset", "doc_to_image", "doc_to_audio", "use_prompt", "class", "aggregate_metric_list", "formats",
    };

    /// <summary>Reports the keys that are not read.</summary>
    public static void Check(IEnumerable<YamlEntry> entries, ICollection<TaskProblem> problems)
    {
        foreach (var entry in entries.Where(entry => !Read.Contains(entry.Key) && !Harmless.Contains(entry.Key)))
        {
            problems.Add(entry.Problem(Unsupported.Contains(entry.Key)
                ? $"the key '{entry.Key}' of lm-evaluation-harness is not supported. Remove it, or state the same with templates and filters."
                : $"unknown key '{entry.Key}'.{NearestName.Hint(entry.Key, [.. Read, .. Harmless, .. Unsupported])} Known: {string.Join(", ", Read)}."));
        }
    }
}
