using System.Collections.Immutable;
using System.Globalization;
using Assay.Data;
using Assay.Statistics;

namespace Assay.Learning.Validation;

/// <summary>Two models on the same folds, fold by fold.</summary>
public sealed record ModelComparison
{
    /// <summary>Name of the one.</summary>
    public required string First { get; init; }

    /// <summary>Name of the other.</summary>
    public required string Second { get; init; }

    /// <summary>The corrected resampled t-test; its effect is the mean difference, first minus second. Undefined with a reason below two folds.</summary>
    public required TestResult Test { get; init; }

    /// <summary>Folds where one of the two has no score; they are not in the test.</summary>
    public required int Undefined { get; init; }

    /// <summary>False for errors and losses.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The verdict in words: which is better, by how much, or that chance explains the difference.</summary>
    public string Sentence => $"{Verdict()}{(Undefined == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {Undefined} folds have no score of both and are left out."))}";

    /// <summary>Compares scores that were made already.</summary>
    /// <param name="first">Name and one score per split, NaN where undefined.</param>
    /// <param name="second">Likewise.</param>
    /// <param name="splits">The folds of both.</param>
    /// <param name="higherIsBetter">False for errors and losses.</param>
    /// <param name="confidence">Of the interval; what is outside is told from chance.</param>
    public static ModelComparison Of(
        (string Name, ImmutableArray<double> Scores) first, (string Name, ImmutableArray<double> Scores) second, ImmutableArray<Split> splits, bool higherIsBetter = true, double confidence = 0.95)
    {
        FoldSummary.RequireOneEach(first.Scores.Length, splits.Length);
        FoldSummary.RequireOneEach(second.Scores.Length, splits.Length);
        double[] differences = [.. first.Scores.Zip(second.Scores, (one, other) => one - other).Where(double.IsFinite)];
        return new ModelComparison
        {
            First = first.Name,
            Second = second.Name,
            Test = CorrectedResampledT.Test(differences, FoldSummary.TestShareOfTrain(splits), confidence),
            Undefined = splits.Length - differences.Length,
            HigherIsBetter = higherIsBetter,
        };
    }

    /// <summary>Scores and compares two cross-validations.</summary>
    /// <param name="first">Name and folds.</param>
    /// <param name="second">Name and folds, of the same splits in the same order.</param>
    /// <param name="score">A fold's score; NaN or null where undefined.</param>
    /// <param name="higherIsBetter">False for errors and losses.</param>
    /// <param name="confidence">Of the interval.</param>
    /// <exception cref="ArgumentException">The folds are not of the same test rows.</exception>
    public static ModelComparison Of(
        (string Name, ImmutableArray<FoldResult> Folds) first, (string Name, ImmutableArray<FoldResult> Folds) second, Func<FoldResult, double?> score, bool higherIsBetter = true, double confidence = 0.95)
    {
        if (first.Folds.Length != second.Folds.Length || first.Folds.Zip(second.Folds).Any(pair => !pair.First.Split.Test.AsSpan().SequenceEqual(pair.Second.Split.Test)))
        {
            throw new ArgumentException($"The folds of {first.Name} and {second.Name} do not have the same test rows: they cannot be paired.", nameof(second));
        }

        return Of((first.Name, Scores(first.Folds)), (second.Name, Scores(second.Folds)), [.. first.Folds.Select(fold => fold.Split)], higherIsBetter, confidence);

        ImmutableArray<double> Scores(ImmutableArray<FoldResult> folds)
        {
            return [.. folds.Select(fold => score(fold) ?? double.NaN)];
        }
    }

    string Verdict()
    {
        if (Test.Interval is not { } interval)
        {
            return Test is { N: >= 2, Effect: 0 } ? $"{First} and {Second} score the same in every fold." : $"{First} and {Second} cannot be told apart: {Test.Reason}.";
        }

        var numbers = string.Create(CultureInfo.InvariantCulture, $"{Test.Effect:G3} [{interval.Low:G3}, {interval.High:G3}], p = {Test.PValue:G2}, {Test.N} folds");
        return interval.Low <= 0 && interval.High >= 0
            ? $"{First} and {Second} are indistinguishable: the difference {numbers} may be chance."
            : $"{First} is {((Test.Effect > 0) == HigherIsBetter ? "better" : "worse")} than {Second}: the difference is {numbers}.";
    }
}
