using System.Text.Json.Serialization;

namespace Assay.Statistics;

/// <summary>
/// One number of a report with its uncertainty. An undefined number is a null <see cref="Value"/> with a <see cref="Reason"/>, never
/// a silent 0.
/// </summary>
public sealed record Estimate
{
    /// <summary>Lower case, variants after a slash: <c>f1/macro</c>, <c>latency/p99</c>.</summary>
    [JsonPropertyOrder(0)]
    public required string Metric { get; init; }

    /// <summary>In <see cref="Unit"/>; null when undefined.</summary>
    [JsonPropertyOrder(1)]
    public double? Value { get; init; }

    /// <summary>Lower end of the 95 % interval, or null where none can be given; then <see cref="Reason"/> says why.</summary>
    [JsonPropertyOrder(2)]
    public double? Low { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    [JsonPropertyOrder(3)]
    public double? High { get; init; }

    /// <summary>How many samples the number is made of.</summary>
    [JsonPropertyOrder(4)]
    public required long N { get; init; }

    /// <summary>How many samples are not in it: unscored, failed, without a target.</summary>
    [JsonPropertyOrder(5)]
    public long Excluded { get; init; }

    /// <summary>How the interval was made: <c>wilson</c>, <c>bootstrap-bca</c>, <c>t</c>, ...; null without an interval.</summary>
    [JsonPropertyOrder(6)]
    public string? Method { get; init; }

    /// <summary>The name of the metric's definition, an entry of docs/metrics.md.</summary>
    [JsonPropertyOrder(7)]
    public required string Definition { get; init; }

    /// <summary>evaluate, service, load, train or compare.</summary>
    [JsonPropertyOrder(8)]
    public string? Stage { get; init; }

    /// <summary>The task's name, null for a table.</summary>
    [JsonPropertyOrder(9)]
    public string? Task { get; init; }

    /// <summary>The model's name.</summary>
    [JsonPropertyOrder(10)]
    public string? Model { get; init; }

    /// <summary>The answer filter of the task, null for a table.</summary>
    [JsonPropertyOrder(11)]
    public string? Filter { get; init; }

    /// <summary>The part of the samples it is about: column to value; null for all of them.</summary>
    [JsonPropertyOrder(12)]
    public IReadOnlyDictionary<string, string>? Slice { get; init; }

    /// <summary>s, bytes, 1/s; null for a pure number.</summary>
    [JsonPropertyOrder(13)]
    public string? Unit { get; init; }

    /// <summary>Why the value or its interval is missing, or how to read it.</summary>
    [JsonPropertyOrder(14)]
    public string? Reason { get; init; }

    /// <summary>The same estimate with this interval.</summary>
    public Estimate With(Interval interval) => this with { Low = interval.Low, High = interval.High, Method = interval.Method };
}
