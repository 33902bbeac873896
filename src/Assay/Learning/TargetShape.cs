namespace Assay.Learning;

/// <summary>What a model must answer for a row.</summary>
/// <param name="Kind">Classes or numbers.</param>
/// <param name="Outputs">Answers per row: a probability for each of 2 or more classes, or 1 or more numbers.</param>
public readonly record struct TargetShape(TargetKind Kind, int Outputs)
{
    /// <summary>Targets that stand in <see cref="Examples.Targets"/> per row: the class's index, or each number.</summary>
    public int PerRow => Kind == TargetKind.Classes ? 1 : Outputs;
}
