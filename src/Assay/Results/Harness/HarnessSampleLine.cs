using System.Security.Cryptography;
using System.Text;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Results.Harness;

/// <summary>
/// A sample under one filter as a line of <c>samples_TASK_DATE.jsonl</c> of lm-evaluation-harness (evaluator.py, evaluate). What the harness has no word for
/// is in keys that begin with <c>assay_</c>; a sample without scores has no metrics, so that nothing reads it as wrong.
/// </summary>
static class HarnessSampleLine
{
    /// <summary>The line, without its end, and the three hashes one after the other, of which the task's hash is made.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sample">One of its samples.</param>
    /// <param name="output">The text or the log-likelihoods as records have them; null without an answer.</param>
    /// <param name="reasoning">What the model thought before; null without it.</param>
    /// <param name="score">Under one filter.</param>
    /// <param name="chat">The prompt was sent as messages.</param>
    public static (string Line, string Hashes) Write(TaskDefinition task, Sample sample, string? output, string? reasoning, SampleScore score, bool chat)
    {
        var target = PythonText.Str(SampleFields.Target(task.DocToTarget, sample.Document, task.DocToChoice is not null));
        var metrics = HarnessAnswer.Metrics(task, sample, output, score);
        var (document, prompt, goal) = (
            Hash(PythonJson.Indented(sample.Document.Columns)), Hash(HarnessArguments.Prompt(task, sample, chat)), Hash(target));
        var line = new OrderedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["doc_id"] = sample.Position,
            ["doc"] = sample.Document.Columns,
            ["target"] = target,
            ["arguments"] = HarnessArguments.Of(task, sample, chat),
            ["resps"] = HarnessAnswer.Responses(task, output),
            ["filtered_resps"] = HarnessAnswer.Filtered(task, output, score),
            ["filter"] = score.Filter,
            ["metrics"] = metrics.Keys.ToList<object?>(),
            ["doc_hash"] = document,
            ["prompt_hash"] = prompt,
            ["target_hash"] = goal,
        };
        foreach (var (metric, value) in metrics)
        {
            line[metric] = value;
        }

        foreach (var (key, value) in Own(score, reasoning).Where(entry => entry.Value is not null))
        {
            line[key] = value;
        }

        return (PythonJson.Plain(line), document + prompt + goal);
    }

    // That the harness's own word stands for an answer that was not found tells the outcome by itself.
    static (string Key, string? Value)[] Own(SampleScore score, string? reasoning) => score is { Outcome: Outcome.WrongFormat, Answer: HarnessSampleReader.Invalid }
        ? [("assay_reasoning", reasoning)]
        : [("assay_outcome", score.Outcome == Outcome.Ok ? null : OutcomeName.Of(score.Outcome)), ("assay_reason", score.Reason), ("assay_reasoning", reasoning)];

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
