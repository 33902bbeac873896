using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>A whole number of a range, each as likely at first.</summary>
/// <param name="Name">As of <see cref="SearchParameter"/>.</param>
/// <param name="Low">The lower end, included; at least 1 with <see cref="Log"/>.</param>
/// <param name="High">The upper end, included; not below the low one.</param>
public sealed record Integer(string Name, int Low, int High) : SearchParameter(Name)
{
    /// <summary>Only low, low + step, low + 2 steps and so on up to high. 1 with <see cref="Log"/>.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Each order of magnitude as likely.</summary>
    public bool Log { get; init; }

    internal override NumericRange? Range => new(Low, High, Log, Step);

    internal override JsonObject Describe() => new() { ["kind"] = "integer", ["low"] = Low, ["high"] = High, ["step"] = Step, ["log"] = Log };
}
