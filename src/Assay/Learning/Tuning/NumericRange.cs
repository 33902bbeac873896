namespace Assay.Learning.Tuning;

/// <summary>
/// A range of numbers and the scale it is searched on, as Optuna has it: numbers with a step get half a step more on both sides, so that the
/// ends are as likely as the rest; a logarithmic range is searched in ln.
/// </summary>
readonly record struct NumericRange(double Low, double High, bool IsLog, double? Step)
{
    // Above so many, values are not counted: no grid is that large.
    const long MostCounted = 1_000_000_000;

    // (high - low) / step of 0.1, 0.7 and 0.2 is 2.9999999999999996.
    const double StepSlack = 1e-9;

    /// <summary>The lower end on the scale.</summary>
    public double From => Scale(Low - HalfStep);

    /// <summary>The upper end on the scale.</summary>
    public double To => Scale(Last + HalfStep);

    /// <summary>The step on the scale; null where there is none, or where the scale makes them unequal.</summary>
    public double? ScaledStep => IsLog ? null : Step;

    public long? Count => Low == High ? 1 : Step is not { } step || (High - Low) / step > MostCounted ? null : 1 + (long)Math.Floor(((High - Low) / step) + StepSlack);

    public ParameterValue At(long place) => Math.Min(Low + (place * (Step ?? 0)), High);

    public double Draw(SeededRandom random) => FromScale(From + ((To - From) * random.NextDouble()));

    public double Scale(double value) => IsLog ? Math.Log(value) : value;

    /// <summary>The value of the range at, or next to, a place on the scale.</summary>
    public double FromScale(double scaled)
    {
        var value = IsLog ? Math.Exp(scaled) : scaled;
        if (Step is { } step)
        {
            value = Low + (Math.Round((value - Low) / step) * step);
        }

        return Math.Clamp(value, Low, Last);
    }

    public IEnumerable<string> Problems(string name)
    {
        if (!double.IsFinite(Low) || !double.IsFinite(High) || Low > High)
        {
            yield return FormattableString.Invariant($"'{name}' is searched from {Low} to {High}. Both ends must be finite, the low one not above the high one. Change the range.");
        }

        if (IsLog && Low <= 0)
        {
            yield return FormattableString.Invariant($"'{name}' is searched by orders of magnitude from {Low}. The low end must be above 0. Raise it, or search uniformly.");
        }

        if (Step is { } step && !(step > 0 && double.IsFinite(step)))
        {
            yield return FormattableString.Invariant($"'{name}' has the step {step}. A step must be above 0. Change it.");
        }
        else if (IsLog && Step is { } logStep and not 1)
        {
            yield return FormattableString.Invariant($"'{name}' has the step {logStep} and is searched by orders of magnitude. Only one of the two goes. Take one out.");
        }
    }

    // The last step may end below the high end.
    double Last => Step is { } step ? Math.Min(High, Low + (Math.Floor(((High - Low) / step) + StepSlack) * step)) : High;

    double HalfStep => (Step ?? 0) / 2;
}
