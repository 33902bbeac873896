using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>One number to search for.</summary>
/// <param name="Name">learning_rate, batch_size, epochs or units (the width of every hidden layer); all but the first are whole numbers.</param>
public abstract record SearchParameter(string Name)
{
    internal static readonly ImmutableArray<string> Known = ["learning_rate", "batch_size", "epochs", "units"];

    private protected bool IsWhole => Name != "learning_rate";

    internal abstract double Draw(SeededRandom random);

    internal IEnumerable<string> Problems()
    {
        if (!Known.Contains(Name))
        {
            yield return $"There is no parameter '{Name}' to search.{NearestName.Hint(Name, Known)} Known are: {string.Join(", ", Known)}.";
        }

        if (ValueProblem() is { } problem)
        {
            yield return problem;
        }
    }

    private protected abstract string? ValueProblem();

    private protected string? RangeProblem(double low, double high)
    {
        var holds = low > 0 && low <= high && double.IsFinite(high) && (!IsWhole || (low == Math.Round(low) && high == Math.Round(high) && high <= 1e6));
        return holds ? null : FormattableString.Invariant(
            $"'{Name}' is searched from {low} to {high}. Both ends must be {(IsWhole ? "whole numbers" : "numbers")} above 0, the low one not above the high one. Change the range.");
    }

    // Whole numbers get half a step more on both sides, so that the ends are as likely as the rest.
    private protected double DrawBetween(double low, double high, SeededRandom random, Func<double, double> scale, Func<double, double> unscale)
    {
        var widening = IsWhole ? 0.5 : 0;
        var (from, to) = (scale(low - widening), scale(high + widening));
        var value = unscale(from + ((to - from) * random.NextDouble()));
        return Math.Clamp(IsWhole ? Math.Round(value) : value, low, high);
    }
}
