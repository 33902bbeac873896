using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>Any number of a range, each as likely at first.</summary>
/// <param name="Name">As of <see cref="SearchParameter"/>.</param>
/// <param name="Low">The lower end, included.</param>
/// <param name="High">The upper end, included; not below the low one.</param>
public sealed record Uniform(string Name, double Low, double High) : SearchParameter(Name)
{
    /// <summary>Only low, low + step, low + 2 steps and so on up to high; null: every number.</summary>
    public double? Step { get; init; }

    internal override NumericRange? Range => new(Low, High, false, Step);

    internal override JsonObject Describe() => new() { ["kind"] = "uniform", ["low"] = Low, ["high"] = High, ["step"] = Step };
}
