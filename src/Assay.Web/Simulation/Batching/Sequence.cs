namespace Assay.Web.Simulation.Batching;

/// <summary>An answer within <see cref="ContinuousBatching"/>.</summary>
sealed class Sequence(in Arrival arrival)
{
    public Arrival Arrival { get; } = arrival;

    /// <summary>The prompt's blocks, then the answer's.</summary>
    public List<Block> Blocks { get; } = [];

    public int Generated { get; set; }

    /// <summary>Tokens still to compute before the next one can be made: of the prompt, and of an answer that was preempted.</summary>
    public int PrefillLeft { get; set; }

    /// <summary>Of these, in the step that runs.</summary>
    public int PrefillNow { get; set; }

    /// <summary>Takes part in the step that runs, and gets a token at its end.</summary>
    public bool IsDecoding { get; set; }

    /// <summary>Null until it is first taken up.</summary>
    public int? CachedTokens { get; set; }
}
