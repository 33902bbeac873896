using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>What the service measures of its answers. Thread-safe.</summary>
sealed class ServingMetrics
{
    // vLLM's bounds, and finer ones below them: a small model answers within a millisecond.
    public Histogram TimeToFirstToken { get; } = new(
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560);

    public Histogram BetweenTokens { get; } = new(
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80);

    /// <summary>Of each answer the mean after its first token.</summary>
    public Histogram TimePerOutputToken { get; } = new(
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80);

    public Histogram WholeAnswer { get; } = new(
        0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680);

    readonly long[] _finished = new long[3];

    /// <summary>Answers that ended by themselves or a stop text, by length, and those given up.</summary>
    public IEnumerable<(string Reason, long Count)> Finished =>
        ((string[])["stop", "length", "abort"]).Select((reason, i) => (reason, Interlocked.Read(ref _finished[i])));

    public void Finish(FinishReason? reason) => Interlocked.Increment(ref _finished[reason switch { FinishReason.Stop => 0, FinishReason.Length => 1, _ => 2 }]);
}
