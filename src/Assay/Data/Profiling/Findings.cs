using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Data.Profiling;

/// <summary>Reads a profile as a careful person would. The rules are those of docs/profile.md.</summary>
public static class Findings
{
    const double AlmostConstant = 0.95;
    const double MostlyMissing = 0.5;
    const double HighCorrelation = 0.95;
    const int FewestIdRows = 20;

    /// <summary>What matters most first.</summary>
    /// <param name="profile">Of the table.</param>
    /// <param name="now">Dates after it are in the future.</param>
    public static ImmutableArray<DataFinding> Of(TableProfile profile, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. OfTable(profile).Concat(profile.Columns.SelectMany(column => OfColumn(column, profile, now))).OrderBy(finding => finding.Weight)];
    }

    /// <summary>What the reader of the table noted.</summary>
    /// <param name="notes">Of the last batch, where there were several.</param>
    public static ImmutableArray<DataFinding> Of(ReadNotes notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var trimmed = notes.Cells.Where(cells => cells.Mark is null).ToArray();
        var marks = notes.Cells.Where(cells => cells.Mark is not null)
            .Select(cells => new DataFinding(Weight.Notice, "missing_mark", cells.Column, $"'{cells.Mark}' was read as missing in {cells.Count} rows", cells.Count));
        return trimmed.Length == 0 ? [.. marks] : [.. marks, new DataFinding(
            Weight.Notice,
            "blanks_trimmed",
            trimmed.Length == 1 ? trimmed[0].Column : null,
            $"blanks before or behind {trimmed.Sum(cells => cells.Count)} values{(trimmed.Length == 1 ? "" : $" of {trimmed.Length} columns")} were taken away; a program that keeps them sees other categories",
            trimmed.Sum(cells => cells.Count))];
    }

    static IEnumerable<DataFinding> OfTable(TableProfile profile)
    {
        if (profile.DuplicateRows > 0)
        {
            var share = profile.DuplicateRows / profile.Rows;
            yield return new DataFinding(Weight.Suspicious, "duplicate_rows", null,
                $"{(profile.DuplicateRowsExact ? "" : "about ")}{Text(Math.Round(profile.DuplicateRows))} of {profile.Rows} rows ({Percent(share)}) are copies of an earlier row: drop_duplicates, or they stand on both sides of a split",
                (long)profile.DuplicateRows);
        }

        if (profile.EmptyRows > 0)
        {
            yield return new DataFinding(Weight.Suspicious, "empty_rows", null, $"{profile.EmptyRows} rows have no value at all", profile.EmptyRows);
        }

        foreach (var pair in profile.DuplicateColumns)
        {
            yield return new DataFinding(Weight.Notice, "duplicate_columns", pair.Second, $"the same as {pair.First}, cell by cell");
        }

        foreach (var pair in profile.OneToOne.Except(profile.DuplicateColumns))
        {
            yield return new DataFinding(Weight.Notice, "one_to_one", pair.Second, $"says the same as {pair.First} in other words (each value of one goes with one of the other, {profile.SampleRows} rows)");
        }

        foreach (var pair in profile.Correlations.Where(pair => Math.Abs(pair.Value) >= HighCorrelation && !profile.DuplicateColumns.Any(same => same.First == pair.First && same.Second == pair.Second)))
        {
            var interval = pair is { Low: { } low, High: { } high } ? $" [{Text(low)}, {Text(high)}]" : "";
            yield return new DataFinding(Weight.Notice, "correlated", pair.Second, $"correlation {Text(pair.Value)}{interval} with {pair.First}");
        }
    }

    static IEnumerable<DataFinding> OfColumn(ColumnProfile column, TableProfile profile, DateTimeOffset now)
    {
        if (column.Count == 0)
        {
            yield return new DataFinding(Weight.Suspicious, "empty", column.Name, "has no value in any row: exclude it", profile.Rows);
            yield break;
        }

        if (SuspiciousZeros.Find(column) is { } zeros)
        {
            yield return zeros;
        }

        if (column is { Kind: ColumnKind.Date, Numbers: { } dates } && DateTime.UnixEpoch.AddDays(dates.Max) > now.UtcDateTime)
        {
            yield return new DataFinding(Weight.Suspicious, "future_dates", column.Name, $"reaches to {DateTime.UnixEpoch.AddDays(dates.Max):yyyy-MM-dd}, which is in the future");
        }

        if (column.Missing > 0)
        {
            var share = (double)column.Missing / profile.Rows;
            yield return new DataFinding(share >= MostlyMissing ? Weight.Suspicious : Weight.Notice, "missing", column.Name, $"{column.Missing} of {profile.Rows} rows ({Percent(share)}) have no value", column.Missing);
        }

        if (column.Blanks > 0)
        {
            yield return new DataFinding(Weight.Suspicious, "blanks", column.Name, $"{column.Blanks} texts begin or end with a blank: ' a' and 'a' are two values", column.Blanks);
        }

        if (column is { Kind: ColumnKind.Date, Reason: { } reason } && reason.Contains(Reading.DateOrder.Unknown, StringComparison.Ordinal))
        {
            yield return new DataFinding(Weight.Suspicious, "ambiguous_dates", column.Name, "is read as month/day/year, and no value tells the day from the month: write year-month-day where it is not so");
        }

        if (column.Distinct <= 1)
        {
            yield return new DataFinding(Weight.Notice, "constant", column.Name, $"is always {column.Top[0].Value}{(column.Missing > 0 ? ", or missing" : "")}: it tells a model nothing");
        }
        else if (column is { TopExact: true, Top: [{ } top, ..] } && top.Rows >= AlmostConstant * column.Count)
        {
            yield return new DataFinding(Weight.Notice, "almost_constant", column.Name, $"is {top.Value} in {Percent((double)top.Rows / column.Count)} of its values");
        }

        if (column.Kind is ColumnKind.Integer or ColumnKind.Category && column.DistinctError == 0 && column.Distinct >= FewestIdRows && column.Distinct == column.Count)
        {
            yield return new DataFinding(Weight.Notice, "id_like", column.Name, "has another value in every row, as an id has: a model can only learn it by heart; exclude it");
        }
    }

    static string Percent(double share) => (share * 100).ToString(share < 0.001 ? "0.000" : "0.0", CultureInfo.InvariantCulture) + " %";

    static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
