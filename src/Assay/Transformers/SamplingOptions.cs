namespace Assay.Transformers;

/// <summary>How the next token is chosen. The default takes the likeliest.</summary>
public sealed record SamplingOptions
{
    /// <summary>Divides the logits; 0 (the default): always the likeliest token, of equal ones the first.</summary>
    public double Temperature { get; init; }

    /// <summary>Only the so many likeliest tokens can be chosen; 0: all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the fewest likeliest tokens whose probabilities add to this can be chosen, in (0, 1]; 1: all. Applied after temperature and top-k.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The same seed gives the same answer, whatever else the engine does; null: the engine's own seed and the number of the request.</summary>
    public ulong? Seed { get; init; }
}
