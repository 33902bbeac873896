using Assay.Tasks;

namespace Assay.Results.Harness;

/// <summary>A task file as lm-evaluation-harness dumps it with the results: its keys in the order and with the defaults of its config/task.py.</summary>
static class HarnessTaskConfig
{
    static readonly string[] _order =
    [
        "task", "task_alias", "tag", "custom_dataset", "dataset_path", "dataset_name", "dataset_kwargs", "training_split", "validation_split", "test_split",
        "fewshot_split", "process_docs", "doc_to_text", "doc_to_target", "doc_to_image", "doc_to_audio", "unsafe_code", "doc_to_choice", "process_results",
        "use_prompt", "description", "target_delimiter", "fewshot_delimiter", "fewshot_config", "num_fewshot", "metric_list", "output_type",
        "generation_kwargs", "repeats", "filter_list", "should_decontaminate", "doc_to_decontamination_query", "gen_prefix", "metadata",
    ];

    // Those that a task's worked examples have from the task where they have none of their own.
    static readonly string[] _inherited = ["process_docs", "doc_to_text", "doc_to_choice", "doc_to_target", "gen_prefix", "fewshot_delimiter", "target_delimiter"];

    /// <summary>The keys that are not null.</summary>
    /// <param name="task">The task.</param>
    /// <param name="fewshot">The run's number of worked examples.</param>
    public static OrderedDictionary<string, object?> Of(TaskDefinition task, int fewshot)
    {
        var keys = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["unsafe_code"] = false,
            ["description"] = "",
            ["target_delimiter"] = " ",
            ["fewshot_delimiter"] = "\n\n",
            ["output_type"] = "generate_until",
            ["repeats"] = 1L,
            ["should_decontaminate"] = false,
        };
        foreach (var (key, value) in task.Keys.Where(entry => entry.Value is not null))
        {
            keys[key] = value;
        }

        (keys["task"], keys["num_fewshot"], keys["fewshot_config"]) = (task.Name, (long)fewshot, Fewshot(task, keys));
        if (task.OutputType == OutputType.GenerateUntil)
        {
            keys["generation_kwargs"] = HarnessArguments.Generation(task);
        }

        var config = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var key in _order.Where(keys.ContainsKey))
        {
            config[key] = keys[key];
        }

        return config;
    }

    static OrderedDictionary<string, object?> Fewshot(TaskDefinition task, Dictionary<string, object?> keys)
    {
        var own = task.Keys.GetValueOrDefault("fewshot_config") as IReadOnlyDictionary<string, object?>;
        var config = new OrderedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sampler"] = "default",
            ["split"] = keys.GetValueOrDefault("fewshot_split"),
            ["process_docs"] = null,
            ["fewshot_indices"] = null,
            ["samples"] = null,
            ["doc_to_text"] = null,
            ["doc_to_choice"] = null,
            ["doc_to_target"] = null,
            ["gen_prefix"] = null,
            ["fewshot_delimiter"] = null,
            ["target_delimiter"] = null,
        };
        foreach (var key in _inherited)
        {
            config[key] = keys.GetValueOrDefault(key);
        }

        foreach (var (key, value) in own ?? new Dictionary<string, object?>())
        {
            config[key] = value;
        }

        return config;
    }
}
