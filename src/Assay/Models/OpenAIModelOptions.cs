namespace Assay.Models;

/// <summary>A language model behind a service that speaks the OpenAI protocol.</summary>
public sealed record OpenAIModelOptions : LanguageModelOptions
{
    /// <summary>What stands before <c>/chat/completions</c>, mostly with <c>/v1</c> at its end.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The model's name on the wire.</summary>
    public required string Model { get; init; }

    /// <inheritdoc/>
    public override string Name { get; init; } = "openai";

    /// <summary>Default: the text is continued.</summary>
    public PromptForm Form { get; init; }

    /// <summary>Takes answers as a stream: of one that breaks off, what came is kept.</summary>
    public bool Stream { get; init; }

    /// <summary>The environment variable that holds the key, so that the key itself is in no spec and no report; null for none.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>From sending a request to the end of its answer. Default one minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Of sampled answers, where the service heeds it; each sample has its own stream of it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Tells versions of the model apart that have one name, so that a cache does not mix them up; never sent, null for none.</summary>
    public string? Revision { get; init; }

    /// <summary>What tokens cost; null when not known.</summary>
    public TokenPrices? Prices { get; init; }

    // Of a service that refuses more: the others are cut from the answer here.
    internal int MostStops { get; init; } = int.MaxValue;

    /// <summary>Where prompts are echoed.</summary>
    internal Uri EchoAddress => new($"{BaseAddress.AbsoluteUri.TrimEnd('/')}/completions");

    /// <summary>Where the requests go.</summary>
    internal Uri Address => new($"{BaseAddress.AbsoluteUri.TrimEnd('/')}/{(Form == PromptForm.Chat ? "chat/completions" : "completions")}");
}
