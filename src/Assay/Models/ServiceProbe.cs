using System.Collections.Immutable;
using Assay.Tasks;

namespace Assay.Models;

/// <summary>Finds out what a service can do before a run relies on it. Asks for what the tasks need and for nothing else.</summary>
/// <param name="model">Asked as the samples will be, without a cache: what a service could do once is not what it can do now.</param>
/// <param name="http">For the list of models.</param>
/// <param name="options">Where.</param>
/// <param name="tasks">All of the run.</param>
sealed class ServiceProbe(IModel model, HttpClient http, OpenAIModelOptions options, IReadOnlyCollection<TaskDefinition> tasks)
{
    const string Text = "The capital of France is Paris.";

    // Long enough that two draws of it are hardly the same by chance.
    const int SampledTokens = 16;

    readonly ImmutableArray<ServiceCapability>.Builder _found = ImmutableArray.CreateBuilder<ServiceCapability>();

    /// <summary>What was found.</summary>
    /// <exception cref="ModelStoppedException">The service cannot be reached.</exception>
    /// <exception cref="UserErrorException">It does not take chat messages, and the run has no other form for it.</exception>
    public async Task<ServiceFindings> RunAsync(CancellationToken cancellationToken)
    {
        var listed = await ServiceModels.ContextAsync(http, options, cancellationToken).ConfigureAwait(false);
        Found("service", true, $"{options.BaseAddress.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)} answers");
        Found("context", listed is null ? null : true, listed is { } tokens ? $"{tokens} tokens" : "not told: a prompt that is too long fails by itself");
        await ChatAsync(cancellationToken).ConfigureAwait(false);
        var why = await LikelihoodsAsync(cancellationToken).ConfigureAwait(false);
        var manyStops = await StopsAsync(cancellationToken).ConfigureAwait(false);
        await SeedAsync(cancellationToken).ConfigureAwait(false);
        return new ServiceFindings(why, manyStops, _found.ToImmutable());
    }

    // A service without a chat template refuses every message: that is told once, and not sample by sample.
    async Task ChatAsync(CancellationToken cancellationToken)
    {
        if (options.Form != PromptForm.Chat)
        {
            return;
        }

        PromptTurn asked = new(PromptTurn.User, Text);
        var plain = await AskAsync([asked], cancellationToken).ConfigureAwait(false);
        if (Refuses(plain))
        {
            throw new UserErrorException($"{options.Name} takes no chat messages: {plain.Reason}. Expected a model with a chat template at {options.Address.AbsolutePath}. Take 'api: completions' (--api completions), or another model.");
        }

        Found("chat", true, "takes messages");
        if (tasks.Any(task => task.Description is not null))
        {
            var system = await AskAsync([new PromptTurn(PromptTurn.System, Text), asked], cancellationToken).ConfigureAwait(false);
            Found("system", !Refuses(system), !Refuses(system) ? "takes a system message" : $"takes no system message, and tasks have a description: {system.Reason}");
        }
    }

    async Task<string?> LikelihoodsAsync(CancellationToken cancellationToken)
    {
        if (tasks.All(task => task.OutputType == OutputType.GenerateUntil))
        {
            return "they were not asked for";
        }

        if (options.Form == PromptForm.Chat)
        {
            return NoLikelihoods("they are of texts as they are and not of chat messages; take 'api: completions'");
        }

        var response = await model.AnswerAsync(Ask() with { Echo = true }, cancellationToken).ConfigureAwait(false);
        var tokens = response.PromptProbabilities;
        if (response.Text?.Contains(Text, StringComparison.Ordinal) != true)
        {
            return NoLikelihoods(response.Text is null ? response.Reason ?? "no answer" : "the service does not echo the prompt");
        }

        Found("echo", true, "the prompt comes back with the answer");
        var why = response.Outcome != Outcome.Ok ? response.Reason
            : tokens.Count(token => token.Offset < Text.Length && token.LogProbability is not null) < 2 ? "the service echoes the prompt without the log-probabilities of its tokens"
            : tokens.Zip(tokens.Skip(1)).Any(pair => pair.Second.Offset < pair.First.Offset) || tokens[^1].Offset == 0 ? "the service does not tell where the tokens of the prompt begin (text_offset)"
            : null;
        Found("logprobs", why is null, why ?? "each token of the prompt has its log-probability: log-likelihoods can be had");
        return why;
    }

    string NoLikelihoods(string why)
    {
        Found("echo", false, $"no log-likelihoods: {why}");
        return why;
    }

    async Task<bool> StopsAsync(CancellationToken cancellationToken)
    {
        if (tasks.FirstOrDefault(task => task.OutputType == OutputType.GenerateUntil && task.Generation.Until.Length > OpenAIRequest.CommonStops) is not { } many)
        {
            return true;
        }

        var asked = await model.AnswerAsync(Ask() with { Generation = many.Generation with { MaxTokens = 1 } }, cancellationToken).ConfigureAwait(false);
        var takes = asked.Status is not (400 or 422);
        Found("stops", takes, takes ? $"takes {many.Generation.Until.Length} stops" : "at most four stops: the others are cut here");
        return takes;
    }

    async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (tasks.FirstOrDefault(task => task.OutputType == OutputType.GenerateUntil && task.Generation.Temperature > 0) is not { } sampled)
        {
            return;
        }

        var request = Ask() with { Generation = sampled.Generation with { MaxTokens = SampledTokens, Until = [] } };
        var first = await model.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        var second = await model.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        var isHeeded = first.Text is null || second.Text is null ? (bool?)null : first.Text == second.Text;
        Found("seed", isHeeded, isHeeded switch
        {
            true => "two answers with one seed are the same",
            false => "two answers with one seed differ: sampled answers cannot be had again",
            null => $"not known: {first.Reason ?? second.Reason}",
        });
    }

    void Found(string name, bool? isThere, string text) => _found.Add(new ServiceCapability(options.Name, name, isThere, text));

    ValueTask<Response> AskAsync(ImmutableArray<PromptTurn> turns, CancellationToken cancellationToken) =>
        model.AnswerAsync(Ask() with { Turns = turns, Generation = new GenerationOptions { MaxTokens = 1 } }, cancellationToken);

    static bool Refuses(Response response) => response.Status is 400 or 404 or 405 or 422 or 501;

    static Request Ask() => new() { SampleId = "probe", Position = 0, Prompt = Text };
}

/// <summary>What a probe found.</summary>
/// <param name="WhyNoLikelihoods">Why log-likelihoods cannot be had; null when they can.</param>
/// <param name="ManyStops">False of a service that refuses more than four stops.</param>
/// <param name="Capabilities">One for each thing that was asked.</param>
sealed record ServiceFindings(string? WhyNoLikelihoods, bool ManyStops, ImmutableArray<ServiceCapability> Capabilities)
{
    /// <summary>One line for the report.</summary>
    public string Summary => string.Join("; ", Capabilities.Select(found => $"{found.Name}: {found.Text}"));
}
