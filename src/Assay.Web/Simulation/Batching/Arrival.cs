namespace Assay.Web.Simulation.Batching;

/// <summary>A request as an engine sees it. Times are nanoseconds on one monotonic clock.</summary>
/// <param name="Id">Unlike that of any other request.</param>
/// <param name="At">When it came. Later calls have no earlier times, but for the disorder of threads.</param>
/// <param name="PromptTokens">1 or more.</param>
/// <param name="OutputTokens">1 or more.</param>
/// <param name="Blocks">Of the prompt, in order, a hash of each block and all before it; the last may be of fewer tokens. Empty when there is nothing to reuse.</param>
public readonly record struct Arrival(long Id, long At, int PromptTokens, int OutputTokens, ReadOnlyMemory<ulong> Blocks);
