using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Results.Harness;

/// <summary>What a model is asked about a sample, as lm-evaluation-harness logs it.</summary>
static class HarnessArguments
{
    /// <summary><c>gen_args_0</c>, ... each with <c>arg_0</c> and, but for whole texts, <c>arg_1</c>.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sample">One of its samples.</param>
    /// <param name="chat">The prompt is sent as messages: the harness logs them as a list of one JSON text.</param>
    public static OrderedDictionary<string, object?> Of(TaskDefinition task, Sample sample, bool chat)
    {
        var arguments = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        var generation = task.OutputType == OutputType.GenerateUntil ? Generation(task) : null;
        foreach (var (i, argument) in sample.Arguments.Index())
        {
            var logged = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
            if (task.OutputType == OutputType.LogLikelihoodRolling)
            {
                logged["arg_0"] = argument.Continuation;
            }
            else
            {
                logged["arg_0"] = chat ? new List<object?> { Messages(argument) } : argument.Context;
                logged["arg_1"] = generation ?? (object?)argument.Continuation;
            }

            arguments[$"gen_args_{i}"] = logged;
        }

        return arguments;
    }

    /// <summary>The text that a prompt's hash is of.</summary>
    public static string Prompt(TaskDefinition task, Sample sample, bool chat) =>
        task.OutputType == OutputType.LogLikelihoodRolling ? sample.Arguments[0].Continuation!
        : chat ? Messages(sample.Arguments[0])
        : sample.Prompt;

    /// <summary>The keys of generation_kwargs as the harness completes them (config/task.py).</summary>
    public static OrderedDictionary<string, object?> Generation(TaskDefinition task)
    {
        if (task.Keys.GetValueOrDefault("generation_kwargs") is not IReadOnlyDictionary<string, object?> keys)
        {
            return new(StringComparer.Ordinal) { ["temperature"] = 0.0, ["do_sample"] = false, ["max_gen_toks"] = (long)task.Generation.MaxTokens, ["until"] = Texts(task.Generation.Until) };
        }

        var generation = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in keys)
        {
            generation[key] = key == "temperature" ? task.Generation.Temperature : value;
        }

        generation.TryAdd("until", Texts(task.Generation.Until));
        return generation;
    }

    static List<object?> Texts(IEnumerable<string> texts) => [.. texts];

    static string Messages(PromptArgument argument) => PythonJson.Plain(argument.Turns.Select(turn =>
        (object?)new OrderedDictionary<string, object?>(StringComparer.Ordinal) { ["role"] = turn.Role, ["content"] = turn.Content }).ToList());
}
