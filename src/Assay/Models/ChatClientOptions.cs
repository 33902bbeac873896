using Microsoft.Extensions.AI;

namespace Assay.Models;

/// <summary>Any chat client of Microsoft.Extensions.AI, for evaluations from C#: a spec in YAML cannot name one.</summary>
public sealed record ChatClientOptions : LanguageModelOptions
{
    /// <summary>Is asked from several threads at once, and stays the caller's.</summary>
    public required IChatClient Client { get; init; }

    /// <inheritdoc/>
    public override string Name { get; init; } = "chat";

    /// <summary>Of one call. Default one minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Of sampled answers, where the client heeds it; each sample has its own stream of it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What tokens cost; null when not known.</summary>
    public TokenPrices? Prices { get; init; }
}
