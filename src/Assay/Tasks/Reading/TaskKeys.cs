namespace Assay.Tasks.Reading;

/// <summary>Every key that lm-evaluation-harness knows in a task file.</summary>
static class TaskKeys
{
    /// <summary>Those that are read.</summary>
    public static IReadOnlySet<string> Read { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "task", "dataset_path", "dataset_name", "dataset_kwargs", "test_split", "validation_split", "output_type", "doc_to_text", "doc_to_target",
        "doc_to_choice", "target_delimiter", "description", "generation_kwargs", "filter_list", "metric_list", "num_fewshot", "repeats", "fewshot_delimiter",
    };

    /// <summary>Those that do not change a result without worked examples.</summary>
    public static IReadOnlySet<string> Harmless { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "metadata", "tag", "task_alias", "version", "training_split", "fewshot_split", "fewshot_config", "should_decontaminate",
        "doc_to_decontamination_query", "unsafe_code", "group_alias",
    };

    /// <summary>Those that change a result and are not supported.</summary>
    public static IReadOnlySet<string> Unsupported { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "process_docs", "process_results", "custom_dataset", "doc_to_image", "doc_to_audio", "use_prompt", "gen_prefix", "class", "group",
        "aggregate_metric_list", "task_list", "formats",
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
