using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>Every trial goes to its end.</summary>
public sealed record NoPruner : Pruner
{
    internal override bool Prunes(Direction direction, ArraySegment<Trial> known, List<IntermediateValue> own, List<double> rungs) => false;

    internal override JsonObject Describe() => new() { ["name"] = "none" };

    internal override IEnumerable<string> Problems() => [];
}
