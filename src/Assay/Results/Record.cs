using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Assay.Models;

namespace Assay.Results;

/// <summary>What is kept of one sample under one model, stage and filter: enough to recompute every figure of the run.</summary>
public sealed record Record
{
    /// <summary>The sample's stable id within its task or table.</summary>
    [JsonPropertyOrder(0)]
    public required string Id { get; init; }

    /// <summary>evaluate or service; train for cross-validation beside a hold-out.</summary>
    [JsonPropertyOrder(1)]
    public required string Stage { get; init; }

    /// <summary>The task's name, null for a table.</summary>
    [JsonPropertyOrder(2)]
    public string? Task { get; init; }

    /// <summary>The model's name.</summary>
    [JsonPropertyOrder(3)]
    public required string Model { get; init; }

    /// <summary>The answer filter, null for a table.</summary>
    [JsonPropertyOrder(4)]
    public string? Filter { get; init; }

    /// <summary>The cross-validation fold whose test rows hold it, from 1 on through all repeats; null in a hold-out.</summary>
    [JsonPropertyOrder(5)]
    public int? Fold { get; init; }

    /// <summary>Which time its row is tested, from 1; null where every row is tested once.</summary>
    [JsonPropertyOrder(5)]
    public int? Repeat { get; init; }

    /// <summary>The prompt, or null for a table: the row is found by its id.</summary>
    [JsonPropertyOrder(6)]
    public JsonNode? Input { get; init; }

    /// <summary>The right answer or class.</summary>
    [JsonPropertyOrder(7)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Target { get; init; }

    /// <summary>What the model said, unfiltered; null for a table.</summary>
    [JsonPropertyOrder(8)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Output { get; init; }

    /// <summary>What the model thought before it answered; null without it.</summary>
    [JsonPropertyOrder(8)]
    public string? Reasoning { get; init; }

    /// <summary>What was extracted from the output, or the predicted class.</summary>
    [JsonPropertyOrder(9)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Answer { get; init; }

    /// <summary>How the sample ended.</summary>
    [JsonPropertyOrder(10)]
    public required Outcome Outcome { get; init; }

    /// <summary>Metric to this sample's value of it.</summary>
    [JsonPropertyOrder(11)]
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    /// <summary>Class probabilities in the order of the report's classes, null for a language model.</summary>
    [JsonPropertyOrder(12)]
    public IReadOnlyList<float>? Probabilities { get; init; }

    /// <summary>Slice columns of the sample.</summary>
    [JsonPropertyOrder(13)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Why the outcome is not ok.</summary>
    [JsonPropertyOrder(14)]
    public string? Reason { get; init; }

    /// <summary>Where samples come in groups that are not independent (the questions on one passage): the group's name.</summary>
    [JsonPropertyOrder(15)]
    public string? Cluster { get; init; }

    /// <summary>From asking to the whole answer, in seconds, as measured; null where no service was asked.</summary>
    [JsonPropertyOrder(16)]
    public double? Seconds { get; init; }

    /// <summary>Tokens of the prompt by the service's count; null when it does not tell.</summary>
    [JsonPropertyOrder(17)]
    public int? InputTokens { get; init; }

    /// <summary>Tokens of the answer by the service's count; null when it does not tell.</summary>
    [JsonPropertyOrder(18)]
    public int? OutputTokens { get; init; }

    /// <summary>US dollars by the prices of the spec; null without prices or without token counts.</summary>
    [JsonPropertyOrder(19)]
    public double? Cost { get; init; }

    /// <summary>What the run has spent on the sample so far, all attempts counted: the budget of a resumed run goes on from it. Null where no service was asked.</summary>
    [JsonPropertyOrder(20)]
    public Spending? Spent { get; init; }

    /// <summary>Seconds that the run had gone on for when the answer came, its resumed parts added up; null where no service was asked.</summary>
    [JsonPropertyOrder(21)]
    public double? RunSeconds { get; init; }
}
