using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>What came of computing a run's figures again.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Figures">Every estimate of its report, in the report's order.</param>
public sealed record RunVerification(string Run, ImmutableArray<VerifiedFigure> Figures)
{
    /// <summary>Figures of this kind.</summary>
    public int Count(FigureCheck check) => Figures.Count(figure => figure.Check == check);
}

/// <summary>A stored figure beside what its records give.</summary>
/// <param name="Stored">As the report has it.</param>
/// <param name="Check">Whether they agree.</param>
/// <param name="Recomputed">From the records; null where it cannot be.</param>
/// <param name="Reason">What differs, or why it cannot be computed again; null of equal figures, unless only a part could be compared.</param>
public sealed record VerifiedFigure(Estimate Stored, FigureCheck Check, Estimate? Recomputed, string? Reason);

/// <summary>How a stored figure stands to the records.</summary>
public enum FigureCheck
{
    /// <summary>The records give the same: value, interval, n and what is not in it.</summary>
    Equal,

    /// <summary>The records give another: the report or the records were changed, or the definition was.</summary>
    Differs,

    /// <summary>The records do not hold what it is made of.</summary>
    NotRecomputable,
}
