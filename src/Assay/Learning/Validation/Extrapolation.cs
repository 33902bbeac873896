using System.Collections.Immutable;
using System.Globalization;
using Assay.Statistics;

namespace Assay.Learning.Validation;

/// <summary>What twice the rows would bring, by a power law through the learning curve. A guess: the law need not go on as it began.</summary>
public sealed record Extrapolation
{
    /// <summary>The curve through the mean scores; null when it cannot be fitted.</summary>
    public PowerLaw? Law { get; init; }

    /// <summary>All training rows; the guess is for twice as many.</summary>
    public required int Rows { get; init; }

    /// <summary>The curve's score at twice the rows less that at all rows, positive where it gets better; NaN when undefined.</summary>
    public double Gain { get; init; } = double.NaN;

    /// <summary>
    /// Method <c>jackknife-t</c>: the curve is fitted again without each fold; the variance of these, widened as for the corrected resampled
    /// t-test, and the curve's own misfit are added. Null when undefined.
    /// </summary>
    public Interval? GainInterval { get; init; }

    /// <summary>The least gain worth having that <see cref="Advice"/> was given for; NaN when undefined.</summary>
    public double WorthHaving { get; init; } = double.NaN;

    /// <summary>The rule is at its values.</summary>
    public LearningAdvice Advice { get; init; } = LearningAdvice.Undecided;

    /// <summary>Why it is undefined, null when it is not.</summary>
    public string? Reason { get; init; }

    /// <summary>The advice in words.</summary>
    public string Sentence => GainInterval is not { } interval
        ? $"Undecided between more rows and a better model: {Reason}."
        : string.Create(CultureInfo.InvariantCulture, $"{Words()}: {2L * Rows} rows instead of {Rows} would gain {Gain:G2} [{interval.Low:G2}, {interval.High:G2}], and {WorthHaving:G2} is worth having.");

    // Folds that have a score at every size are used.
    internal static Extrapolation Of(ImmutableArray<LearningCurvePoint> points, double testShareOfTrain, LearningCurveOptions options)
    {
        var rows = points.Length == 0 ? 0 : points[^1].Rows;
        double[][] folds = [.. Enumerable.Range(0, points.Length == 0 ? 0 : points[0].Scores.Length)
            .Select(fold => points.Select(point => point.Scores[fold]).ToArray())
            .Where(scores => scores.All(double.IsFinite))];
        if (points.Length < 4 || folds.Length < 3)
        {
            return new Extrapolation { Rows = rows, Reason = $"a curve needs four sizes and three folds with a score at each; there are {points.Length} and {folds.Length}" };
        }

        double[] sizes = [.. points.Select(point => (double)point.Rows)];
        var means = Means(folds, -1);
        var law = PowerLaw.Fit(sizes, means);
        var gain = GainOf(law);
        var (_, spread) = MeanInterval.Moments([.. folds.Select((_, left) => GainOf(PowerLaw.Fit(sizes, Means(folds, left))))]);
        var count = folds.Length;

        // The jackknife's (J - 1)/J Σ(θ - mean)² is (J - 1)² / J times the variance of the θ.
        var variance = ((double)(count - 1) * (count - 1) / count * spread * (1 + (count * testShareOfTrain))) + (law.Residual(sizes, means) / (points.Length - 3));
        var half = MeanInterval.StudentTQuantile(options.Confidence, count - 1) * Math.Sqrt(variance);
        var (_, last) = MeanInterval.Moments([.. folds.Select(scores => scores[^1])]);
        return new Extrapolation
        {
            Law = law,
            Rows = rows,
            Gain = gain,
            GainInterval = new Interval(gain - half, gain + half, "jackknife-t"),
        }.Advise(options.WorthHaving ?? Math.Sqrt(last * ((1.0 / count) + testShareOfTrain)));

        double GainOf(PowerLaw curve)
        {
            var rise = curve.At(2.0 * rows) - curve.At(rows);
            return options.HigherIsBetter ? rise : -rise;
        }
    }

    static double[] Means(double[][] folds, int left) =>
        [.. Enumerable.Range(0, folds[0].Length).Select(size => folds.Where((_, fold) => fold != left).Average(scores => scores[size]))];

    Extrapolation Advise(double worthHaving) => this with
    {
        WorthHaving = worthHaving,
        Advice = GainInterval!.Value.Low > 0 && Gain >= worthHaving ? LearningAdvice.MoreRows
            : GainInterval.Value.High < worthHaving ? LearningAdvice.BetterModel
            : LearningAdvice.Undecided,
    };

    string Words() => Advice == LearningAdvice.MoreRows ? "More rows"
        : Advice == LearningAdvice.BetterModel ? "A better model"
        : "Undecided between more rows and a better model";
}
