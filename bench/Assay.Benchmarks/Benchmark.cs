namespace Assay.Benchmarks;

/// <summary>One piece of work, done by us and by a peer on the same input in one run.</summary>
/// <param name="Area">Data, Metrics, Statistics, Learning, Inference, Runner: what a run is filtered by.</param>
/// <param name="Name">What is done, with its size.</param>
/// <param name="PeerCase">Case of ../shared/peers/bench.py of <see cref="LlamaBench"/> or <see cref="PromptfooBench"/>; null where there is no peer.</param>
/// <param name="Target">How many times faster than the peer it is meant to be.</param>
/// <param name="Prepare">Reads the input and gives the work. What the work returns is printed beside the peer's result: they must agree.</param>
public sealed record Benchmark(string Area, string Name, string? PeerCase, double Target, Func<PeerData, Func<object?>> Prepare);
