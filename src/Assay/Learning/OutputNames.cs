using System.Collections.Immutable;

namespace Assay.Learning;

/// <summary>What a model answers for a row, by name.</summary>
/// <param name="Kind">Class probabilities, or numbers.</param>
/// <param name="Names">The classes, in the order of their probabilities; or the target columns, in the order of their numbers.</param>
public sealed record OutputNames(TargetKind Kind, ImmutableArray<string> Names)
{
    /// <summary>The classes; empty for a model of numbers.</summary>
    public ImmutableArray<string> Classes => Kind == TargetKind.Classes ? Names : [];
}
