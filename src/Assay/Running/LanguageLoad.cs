using Assay.Load;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>Loads a served language model with the prompts of the spec's tasks.</summary>
static class LanguageLoad
{
    // Enough that neighbours differ, few enough to be written before the run.
    const int PromptsPerTask = 64;

    public static async Task<string> RunAsync(
        Spec spec, int index, RunServices services, ReportBuilder report, ModelSession session, CancellationToken cancellationToken)
    {
        var profile = spec.Loads[index];
        var prompts = new List<string>();
        foreach (var task in spec.Tasks)
        {
            await foreach (var sample in TaskSamples.ReadAsync(task, new SampleOptions { Limit = PromptsPerTask }, cancellationToken).ConfigureAwait(false))
            {
                prompts.Add(sample.Prompt);
            }
        }

        var served = session.Served! with { Form = profile.Protocol == LoadProtocol.Chat ? PromptForm.Chat : PromptForm.Completions };
        var target = OpenAITarget.Of(served, prompts, profile.MaxTokens, [], spec.Seed) with { ServerProcessId = session.Hosted!.ProcessId };
        return await LoadStage.MeasureAsync(spec, index, services, report, target, served.Name, cancellationToken).ConfigureAwait(false);
    }
}
