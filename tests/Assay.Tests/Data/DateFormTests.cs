using Assay.Data;
using Assay.Data.Profiling;

namespace Assay.Tests.Data;

public class DateFormTests
{
    [Theory]
    [InlineData("12/31/2024|01/02/2024", "2024-12-31|2024-01-02", "the month before the day")]
    [InlineData("31/12/2024|01/02/2024", "2024-12-31|2024-02-01", "the day before the month")]
    [InlineData("31.12.2024|1.2.2024", "2024-12-31|2024-02-01", "the day before the month")]
    [InlineData("1.2.2024|3.4.2024", "2024-02-01|2024-04-03", "the day before the month")]
    [InlineData("31-12-2024 18:17|01-02-2024 00:00:01", "2024-12-31T18:17:00Z|2024-02-01T00:00:01Z", "the day before the month")]
    [InlineData("1/2/2024|3/4/2024", "2024-01-02|2024-03-04", "read as month/day/year: nothing tells the day from the month")]
    [InlineData("29/02/2024|?", "2024-02-29|", "the day before the month")]
    public void The_whole_column_decides_which_number_is_the_day(string cells, string dates, string reason)
    {
        var column = Read(cells);
        Assert.Equal(ColumnKind.Date, column.Kind);
        Assert.Equal(dates.Split('|'), Enumerable.Range(0, column.Length).Select(row => column.Text(row) ?? ""));
        Assert.Contains(reason, column.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("31/12/2024|12/31/2024")]
    [InlineData("01/02/2024|2024-01-02")]
    public void Dates_of_several_forms_stay_texts_and_say_so(string cells)
    {
        Assert.Equal(ColumnKind.Category, Read(cells).Kind);
        Assert.EndsWith("among them dates of several forms", Read(cells).Reason, StringComparison.Ordinal);
        var error = Assert.Throws<UserErrorException>(() => Read(cells, new ReadOptions { Types = new Dictionary<string, ColumnType> { ["d"] = ColumnType.Date } }));
        Assert.Contains("Column 'd' holds dates of several forms", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30/02/2024|x")]
    [InlineData("13.13.2024")]
    [InlineData("1/2/24")]
    [InlineData("1/2.2024")]
    [InlineData("12.31.2024")]
    [InlineData("0/1/2024")]
    [InlineData("1/2/2024 25:00")]
    public void What_is_no_date_stays_a_text(string cells) => Assert.Equal(ColumnKind.Category, Read(cells).Kind);

    [Fact]
    public void The_last_row_of_a_file_larger_than_a_batch_decides_too()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => $"0{1 + (i % 9)}/02/2024").Append("31/12/2024");
        using var folder = new EndToEnd.TemporaryFolder();
        folder.Write("d.csv", "d\n" + string.Join('\n', lines));
        var batches = TableReader.Batches(Path.Combine(folder.Path, "d.csv"), 1000, null, TestContext.Current.CancellationToken).ToList();
        Assert.Equal("2024-02-01", batches[0]["d"].Text(0));
        Assert.Equal("2024-12-31", batches[^1]["d"].Text(0));
    }

    [Fact]
    public void Ambiguous_dates_and_blanks_are_found()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var table = TableReader.Read(new MemoryStream("d,t\n1/2/2024, a\n3/4/2024,\" a\"\n"u8.ToArray()), "f.csv", null, TestContext.Current.CancellationToken);
        Assert.Equal(["ambiguous_dates d", "blanks t"], Findings.Of(ProfileBuilder.Of(table), now).Select(finding => $"{finding.Kind} {finding.Column}").Order(StringComparer.Ordinal));
        Assert.Equal([("blanks_trimmed", "t", 1L)], Findings.Of(table.Notes!).Select(finding => (finding.Kind, finding.Column!, finding.Count!.Value)));
    }

    static Column Read(string cells, ReadOptions? options = null) => TableReader.Read(
        new MemoryStream(System.Text.Encoding.UTF8.GetBytes("d\n" + cells.Replace('|', '\n') + "\n")), "f.csv", options, TestContext.Current.CancellationToken)["d"];
}
