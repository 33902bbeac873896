using System.Collections.Immutable;
using Assay.Scoring;

namespace Assay.Tests.Scoring;

public class SlicesTests
{
    static readonly EstimateOptions _options = new() { Seed = 1, Rounds = 200 };

    [Fact]
    public void A_planted_weakness_is_found_first_and_nothing_else_is()
    {
        // 400 rows; the model is right but for 30 of the 60 rows of region 'north'. 'colour' says nothing.
        string?[] region = [.. Enumerable.Range(0, 400).Select(i => i < 60 ? "north" : i < 200 ? "south" : i < 395 ? "west" : null)];
        string?[] colour = [.. Enumerable.Range(0, 400).Select(i => i % 3 == 0 ? "red" : "blue")];
        var slices = Analyse(Predictions(400, row => row < 60 && row % 2 == 0), [("colour", colour), ("region", region)], _options);
        var north = slices[0];
        Assert.Equal(("region", "north", 60, true), (north.Column, north.Value, north.N, north.IsWeak));
        Assert.Equal(-0.5, north.Difference!.Value, 1e-12);
        Assert.InRange(north.Difference.Value, north.DifferenceInterval!.Value.Low, north.DifferenceInterval.Value.High);
        Assert.True(north.AdjustedPValue >= north.PValue);
        Assert.Equal(["accuracy", "f1/macro"], north.Estimates.Select(estimate => estimate.Metric));
        Assert.All(north.Estimates, estimate => Assert.Equal("north", estimate.Slice!["region"]));
        Assert.Equal(0.5, north.Estimates[0].Value);
        Assert.DoesNotContain(slices.Skip(1), slice => slice.IsWeak);
        Assert.Equal(slices.Skip(1).Select(slice => slice.Estimates[0].Value).Order(), slices.Skip(1).Select(slice => slice.Estimates[0].Value));
        Assert.Equal(5, slices.Single(slice => slice.Value == "(missing)").N);
    }

    [Fact]
    public void Weak_slices_are_ordered_by_what_they_lose()
    {
        string?[] values = [.. Enumerable.Range(0, 600).Select(i => i < 100 ? "bad" : i < 200 ? "worse" : "good")];
        var slices = Analyse(Predictions(600, row => (row < 100 && row % 2 == 0) || (row is >= 100 and < 200 && row % 4 != 0)), [("c", values)], _options);
        Assert.Equal(["worse", "bad", "good"], slices.Select(slice => slice.Value));
        Assert.Equal([true, true, false], slices.Select(slice => slice.IsWeak));
    }

    [Fact]
    public void Nothing_planted_is_rarely_found()
    {
        var random = new SeededRandom(7);
        var alarms = 0;
        for (var round = 0; round < 60; round++)
        {
            bool[] wrong = [.. Enumerable.Range(0, 200).Select(_ => random.Next(5) == 0)];
            string?[] values = [.. Enumerable.Range(0, 200).Select(_ => random.Next(8).ToString(System.Globalization.CultureInfo.InvariantCulture))];
            alarms += Analyse(Predictions(200, row => wrong[row]), [("c", values)], _options with { Rounds = 20 }).Any(slice => slice.IsWeak) ? 1 : 0;
        }

        // At most 1 in 20 data sets alarms on average, 3 of 60; 9 or more happens less than once in 300 times at that rate, and Fisher's test stays below it.
        Assert.InRange(alarms, 0, 8);
    }

    [Fact]
    public void A_column_of_many_values_is_refused_with_a_reason_and_comes_last()
    {
        string?[] id = [.. Enumerable.Range(0, 51).Select(i => $"row {i}")];
        string?[] same = [.. Enumerable.Repeat("x", 51)];
        var slices = Analyse(Predictions(51, _ => false), [("id", id), ("same", same)], _options);
        Assert.Equal(2, slices.Length);
        Assert.Equal(("same", "x"), (slices[0].Column, slices[0].Value));
        Assert.Equal("the slice holds all rows, so there are no others to compare it with", slices[0].Reason);
        Assert.Null(slices[0].PValue);
        Assert.Equal(("id", null), (slices[1].Column, slices[1].Value));
        Assert.StartsWith("'id' has 51 values", slices[1].Reason, StringComparison.Ordinal);
        Assert.Single(Analyse(Predictions(51, _ => false), [("same", same)], _options));
    }

    [Fact]
    public void No_rows_and_no_columns_have_no_slices()
    {
        Assert.Empty(Analyse(Predictions(0, _ => false), [("c", [])], _options));
        Assert.Empty(Analyse(Predictions(3, _ => false), [], _options));
    }

    [Fact]
    public void Probabilities_that_are_no_numbers_are_not_judged()
    {
        var predictions = Predictions(4, _ => false) with { Probabilities = [float.NaN, 1, 1, 0, 0, 1, 1, 0] };
        var slice = Assert.Single(Analyse(predictions, [("c", ["x", "x", "x", "x"])], _options));
        Assert.All(slice.Estimates, estimate => Assert.Null(estimate.Value));
        Assert.Equal("1 of the 8 probabilities are not numbers", slice.Reason);
    }

    // Truth alternates; the model is sure, and wrong where told.
    static ClassPredictions Predictions(int n, Func<int, bool> wrong)
    {
        int[] truth = [.. Enumerable.Range(0, n).Select(row => row / 2 % 2)];
        return new ClassPredictions
        {
            Classes = ["no", "yes"],
            Truth = truth,
            Probabilities = [.. truth.SelectMany((label, row) => Sure(label == 1 != wrong(row)))],
        };
    }

    static float[] Sure(bool yes) => yes ? [0, 1] : [1, 0];

    static ImmutableArray<SliceResult> Analyse(
        ClassPredictions predictions, IReadOnlyList<(string Column, string?[] Values)> columns, EstimateOptions options) =>
        Slices.Analyse(predictions, columns, options, TestContext.Current.CancellationToken);
}
