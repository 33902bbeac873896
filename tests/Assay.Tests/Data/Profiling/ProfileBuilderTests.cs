using System.Text.Json;
using Assay.Data;
using Assay.Data.Profiling;
using Assay.Reporting;

namespace Assay.Tests.Data.Profiling;

public class ProfileBuilderTests
{
    static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Batches_give_what_the_whole_gives()
    {
        var table = Random(5000, 3);
        var builder = new ProfileBuilder(7);
        foreach (var rows in Enumerable.Range(0, 5000).Chunk(777))
        {
            builder.Add(table.Select(rows));
        }

        var (batches, whole) = (builder.Build(), ProfileBuilder.Of(table, 7));
        Assert.Equal(JsonSerializer.Serialize(whole, ReportJson.Options), JsonSerializer.Serialize(batches, ReportJson.Options));
    }

    [Fact]
    public void Estimates_are_as_near_as_they_say()
    {
        var builder = new ProfileBuilder(1);
        var random = new SeededRandom(9);
        const int Rows = 300_000;
        for (var batch = 0; batch < 10; batch++)
        {
            var values = Enumerable.Range(0, Rows / 10).Select(_ => random.NextDouble()).ToArray();
            builder.Add(new Table([new NumericColumn("u", ColumnKind.Number, values), new NumericColumn("i", ColumnKind.Number, Array.ConvertAll(values, value => Math.Floor(value * 40_000)))]));
        }

        var profile = builder.Build();
        var uniform = profile.Columns[0];
        foreach (var q in (double[])[0.001, 0.01, 0.25, 0.5, 0.75, 0.99])
        {
            // Four standard errors of the sketch and four of 300,000 uniform values.
            Assert.InRange(uniform.Numbers!.Quantile(q), q - 0.0014 - (4 * Math.Sqrt(q * (1 - q) / Rows)) - 0.0005, q + 0.0014 + (4 * Math.Sqrt(q * (1 - q) / Rows)) + 0.0005);
        }

        Assert.InRange(uniform.Numbers!.Deviation, 0.287, 0.290);
        foreach (var (column, expected) in profile.Columns.Zip((double[])[Rows, 40_000]))
        {
            Assert.InRange(column.DistinctError, 0.001, 0.02);
            Assert.InRange(column.Distinct, (expected * (1 - (5 * column.DistinctError))) - 30, expected * (1 + (5 * column.DistinctError)));
        }
    }

    [Fact]
    public void What_is_wrong_is_found()
    {
        var rows = Enumerable.Range(0, 100).ToArray();
        var table = new Table(
        [
            new NumericColumn("id", ColumnKind.Integer, [.. rows.Select(row => (double)row)]),
            new NumericColumn("x", ColumnKind.Number, [.. rows.Select(row => row * 1.5)]),
            new NumericColumn("x2", ColumnKind.Number, [.. rows.Select(row => row * 1.5)]),
            new NumericColumn("none", ColumnKind.Number, [.. rows.Select(_ => double.NaN)]),
            CategoryColumn.FromTexts("same", [.. rows.Select(_ => "a")]),
            CategoryColumn.FromTexts("nearly", [.. rows.Select(row => row < 97 ? "a" : "b")]),
            new DateColumn("day", [.. rows.Select(row => new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(-row % 10).Ticks)]),
            new NumericColumn("count", ColumnKind.Integer, [.. rows.Select(row => (double)(row % 12))]),
        ]);
        var found = Findings.Of(ProfileBuilder.Of(table), _now).Select(finding => $"{finding.Kind} {finding.Column}").ToArray();
        Assert.Equal(
            ["almost_constant nearly", "constant same", "correlated x", "correlated x2", "duplicate_columns x2", "empty none", "future_dates day", "id_like id"],
            found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rows_and_groups_on_both_sides_are_found()
    {
        var train = new Table([CategoryColumn.FromTexts("who", ["a", "b", "c"]), new NumericColumn("x", ColumnKind.Integer, [1, 2, 3])]);
        var test = new Table([CategoryColumn.FromTexts("who", ["a", "b", "d"]), new NumericColumn("x", ColumnKind.Number, [1, 9, 2.5])]);
        var leaks = SplitLeaks.Between(train, test, "who");
        Assert.Equal([("shared_rows", 1L), ("shared_groups", 2L)], leaks.Select(leak => (leak.Kind, leak.Count!.Value)));
        Assert.Throws<UserErrorException>(() => SplitLeaks.Between(train, test.Without(["who", "x"]), null));
    }

    [Fact]
    public void A_profile_is_the_same_after_a_round_trip_through_json()
    {
        var json = JsonSerializer.Serialize(ProfileBuilder.Of(Random(3000, 5)), ReportJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<TableProfile>(json, ReportJson.Options), ReportJson.Options));
    }

    static Table Random(int rows, ulong seed)
    {
        var random = new SeededRandom(seed);
        return new Table(
        [
            new NumericColumn("x", ColumnKind.Number, [.. Enumerable.Range(0, rows).Select(_ => random.Next(10) == 0 ? double.NaN : random.NextNormal())]),
            CategoryColumn.FromTexts("c", [.. Enumerable.Range(0, rows).Select(_ => random.Next(10) == 0 ? null : $"k{random.Next(5)}")]),
        ]);
    }
}
