using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>Any number of a range, each order of magnitude as likely at first.</summary>
/// <param name="Name">As of <see cref="SearchParameter"/>.</param>
/// <param name="Low">The lower end, above 0.</param>
/// <param name="High">The upper end, not below the low one.</param>
public sealed record LogUniform(string Name, double Low, double High) : SearchParameter(Name)
{
    internal override NumericRange? Range => new(Low, High, true, null);

    internal override JsonObject Describe() => new() { ["kind"] = "log_uniform", ["low"] = Low, ["high"] = High };
}
