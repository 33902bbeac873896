namespace Assay.Learning;

/// <summary>Rows to learn from: finite float32 features, targets beside them.</summary>
public sealed record Examples
{
    /// <summary>Element <c>row * Inputs + feature</c>.</summary>
    public required float[] Features { get; init; }

    /// <summary>Features per row, at least 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>Element <c>row * Shape.PerRow + target</c>: for classes the class's index from 0, for numbers the numbers.</summary>
    public required float[] Targets { get; init; }

    /// <summary>What the targets are.</summary>
    public required TargetShape Shape { get; init; }

    /// <summary>How much each row counts, 0 or more; null: each 1.</summary>
    public float[]? Weights { get; init; }

    /// <summary>Rows.</summary>
    public int Rows => Targets.Length / Shape.PerRow;
}
