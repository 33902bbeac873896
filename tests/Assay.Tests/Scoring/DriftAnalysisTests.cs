using Assay.Data;
using Assay.Data.Profiling;
using Assay.Scoring;

namespace Assay.Tests.Scoring;

public class DriftAnalysisTests
{
    [Fact]
    public void Each_cause_is_told_by_its_name()
    {
        var reference = Table(1, row => row.NextNormal(), "ab", 0);
        Assert.Empty(Column(reference, Table(2, row => row.NextNormal(), "ab", 0), "x").Causes);
        Assert.Equal(["distribution"], Column(reference, Table(2, row => row.NextNormal() + 1, "ab", 0), "x").Causes);
        Assert.Equal(["missing"], Column(reference, Table(2, row => row.NextNormal(), "ab", 5), "x").Causes);
        Assert.Contains("new_values", Column(reference, Table(2, row => row.NextNormal(), "abc", 0), "c").Causes);
        Assert.Equal(["c"], Column(reference, Table(2, row => row.NextNormal(), "abc", 0), "c").NewValues);
        var otherwise = new Table([CategoryColumn.FromTexts("x", ["a", "b"]), new NumericColumn("new", ColumnKind.Number, [1, 2])]);
        Assert.Equal(["type", "absent", "added"], DriftAnalysis.Compare(reference, otherwise, new DriftOptions()).Columns.SelectMany(column => column.Causes));
    }

    [Fact]
    public void The_test_is_chosen_as_evidently_does()
    {
        var small = Table(1, row => row.NextNormal(), "abc", 0);
        Assert.Equal(["ks", "chisquare"], DriftAnalysis.Compare(small, small, new DriftOptions()).Columns.Select(column => column.Test));
        var binary = Table(1, row => row.Next(2), "ab", 0);
        Assert.Equal(["z", "z"], DriftAnalysis.Compare(binary, binary, new DriftOptions()).Columns.Select(column => column.Test));
        var large = Table(1, row => row.NextNormal(), "ab", 0, 1001);
        Assert.Equal(["wasserstein", "jensenshannon"], DriftAnalysis.Compare(large, large, new DriftOptions()).Columns.Select(column => column.Test));
    }

    [Fact]
    public void A_saved_profile_judges_as_its_table_does()
    {
        foreach (var rows in (int[])[500, 20_000])
        {
            var (reference, current) = (Table(1, row => row.NextNormal(), "ab", 7, rows), Table(2, row => row.NextNormal() + 0.5, "abb", 3, rows));
            var (direct, saved) = (DriftAnalysis.Compare(reference, current, new DriftOptions()), DriftAnalysis.Compare(ProfileBuilder.Of(reference), current, new DriftOptions()));
            Assert.All(direct.Columns.Zip(saved.Columns), pair => Assert.Equal(pair.First.Causes, pair.Second.Causes));

            // The quantiles of a profile are within 0.1 % of their rank.
            Assert.Equal(direct.Columns[0].Statistic!.Value, saved.Columns[0].Statistic!.Value, 0.005);
        }
    }

    [Fact]
    public void False_alarms_are_kept_down_over_columns()
    {
        var alarms = 0;
        for (var seed = 0UL; seed < 100; seed++)
        {
            var random = new SeededRandom(seed);
            alarms += DriftAnalysis.Compare(Noise(random), Noise(random), new DriftOptions()).DriftedColumns > 0 ? 1 : 0;
        }

        // 5 % of the data sets at the most: Binomial(100, 0.05) is below 14 but for 1 in 5000. Unadjusted it would be 64 %.
        Assert.InRange(alarms, 0, 14);
    }

    [Fact]
    public void An_unknown_test_is_refused_with_the_known_ones() => Assert.StartsWith(
        "There is no drift test 'kss'. Did you mean 'ks'?",
        Assert.Throws<UserErrorException>(() => DriftAnalysis.Compare(Table(1, row => row.NextNormal(), "ab", 0), Table(1, row => row.NextNormal(), "ab", 0), new DriftOptions { Test = "kss" })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Every_test_runs_under_its_name()
    {
        foreach (var test in DriftTest.Known)
        {
            var texts = TextColumn.FromTexts("t", [.. Enumerable.Range(0, 400).Select(row => $"text {row}")]);
            var result = DriftAnalysis.Compare(new Table([.. Table(1, row => row.Next(2), "ab", 0).Columns, texts]), new Table([.. Table(2, row => row.Next(2), "ab", 0).Columns, texts]), new DriftOptions { Test = test });
            Assert.Contains(result.Columns, column => column.Test == test && column.Statistic is not null);
        }
    }

    static Table Noise(SeededRandom random) =>
        new([.. Enumerable.Range(0, 20).Select(i => new NumericColumn($"x{i}", ColumnKind.Number, [.. Enumerable.Range(0, 60).Select(_ => random.NextNormal())]))]);

    static ColumnDrift Column(Table reference, Table current, string name) =>
        DriftAnalysis.Compare(reference, current, new DriftOptions()).Columns.Single(column => column.Column == name);

    static Table Table(ulong seed, Func<SeededRandom, double> next, string letters, int missingEvery, int rows = 400)
    {
        var random = new SeededRandom(seed);
        return new Table(
        [
            new NumericColumn("x", ColumnKind.Number, [.. Enumerable.Range(0, rows).Select(row => missingEvery > 0 && row % missingEvery == 0 ? double.NaN : next(random))]),
            CategoryColumn.FromTexts("c", [.. Enumerable.Range(0, rows).Select(row => $"{letters[row % letters.Length]}")]),
        ]);
    }
}
