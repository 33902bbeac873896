using Assay.Statistics;

namespace Assay.Running;

/// <summary>Something to be decided of one score, by its interval.</summary>
/// <param name="Bound">A mean, or a difference to the baseline, to lie above or below.</param>
/// <param name="Margin">Of a comparison: a difference surely within it is decided too; null without.</param>
sealed record SequentialQuestion(double Bound, double? Margin)
{
    public bool IsDecided(Interval interval) => interval.Low > Bound || interval.High < Bound || (interval.Low > -Margin && interval.High < Margin);

    /// <summary>
    /// What a gate asks of the mean or the difference of this score, in the score's own direction; empty when it does not speak of it. Null:
    /// it does, in a way that only all samples can answer.
    /// </summary>
    public static IReadOnlyList<(SequentialQuestion Question, bool OfDifference)>? Of(Gate gate, Func<GateReference, bool> means, bool higherIsBetter, double? baselineMargin)
    {
        var questions = new List<(SequentialQuestion, bool)>();
        foreach (var part in Gate.Parts(gate.Expression).Where(part => part.References.Any(means)))
        {
            switch (part)
            {
                case GateComparison { Left: GateMeasured { Reference: { IsOfBaseline: false, Field: not "n" } }, Right: GateConstant bound, Symbol: not "==" }:
                    questions.Add((new SequentialQuestion(bound.Value, null), false));
                    break;
                case GateAgainstBaseline against:
                    var margin = against.Margin ?? (against.IsBetter ? 0 : baselineMargin ?? 0);
                    questions.Add((new SequentialQuestion(against.IsBetter == higherIsBetter ? margin : -margin, null), true));
                    break;
                default:
                    return null;
            }
        }

        return questions;
    }
}
