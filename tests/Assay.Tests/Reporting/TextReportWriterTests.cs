using System.Text.RegularExpressions;
using Assay.Reporting;

namespace Assay.Tests.Reporting;

public sealed class TextReportWriterTests
{
    // 存 and 活 and 女 are wide: two columns each. Nothing else in the sample is.
    static int Width(string line) => line.Length + line.Count(character => character is '存' or '活' or '女');

    [Fact]
    public async Task No_line_is_wider_than_a_hundred_columns_and_the_whole_is_short()
    {
        var lines = (await Snapshot.Text(new TextReportWriter(), SampleReports.Full)).TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(Width(line), 0, 100));
        // The sample has every part there is; a usual run has two thirds of them.
        Assert.InRange(lines.Length, 40, 90);
    }

    [Fact]
    public async Task The_verdict_stands_on_the_first_line() =>
        Assert.StartsWith("FAIL  titanic: Gate", await Snapshot.Text(new TextReportWriter(), SampleReports.Full), StringComparison.Ordinal);

    [Fact]
    public async Task Columns_stay_aligned_below_wide_characters()
    {
        var lines = (await Snapshot.Text(new TextReportWriter(), SampleReports.Full)).Split('\n');
        var narrow = lines.Single(line => line.StartsWith("  embarked = S", StringComparison.Ordinal));
        var wide = lines.Single(line => line.StartsWith("  sex = 女 ", StringComparison.Ordinal));
        Assert.Equal(narrow.IndexOf('[', StringComparison.Ordinal), Width(wide[..wide.IndexOf('[', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("\u200B", 0)]
    [InlineData("한", 2)]
    [InlineData("ｶ", 1)]
    [InlineData("カ", 2)]
    [InlineData("😀", 2)]
    [InlineData("𠀀", 2)]
    [InlineData("→", 1)]
    public async Task A_label_takes_the_columns_that_Unicode_gives_it(string letter, int width)
    {
        var report = SampleReports.Empty with { Gates = [new($"x{letter}x", 1, true, null), new("xxxxxxxx", 1, true, null)] };
        var lines = (await Snapshot.Text(new TextReportWriter(), report)).Split('\n');
        var padding = Regex.Match(lines.Single(line => line.Contains($"x{letter}x", StringComparison.Ordinal)), "x( +)1\\.000").Groups[1].Length;
        Assert.Equal("xxxxxxxx".Length + 2 - 2 - width, padding);
    }

    [Fact]
    public async Task Colour_repeats_what_the_text_says()
    {
        var plain = await Snapshot.Text(new TextReportWriter(), SampleReports.Full);
        var coloured = await Snapshot.Text(new TextReportWriter(color: true), SampleReports.Full);
        Assert.DoesNotContain('\e', plain);
        Assert.Contains("\e[1;31mFAIL\e[0m", coloured, StringComparison.Ordinal);
        Assert.Contains("\e[1;31membarked = Q", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public async Task A_label_cannot_steer_the_terminal()
    {
        var report = SampleReports.Empty with { Name = "a\e[2Jb", Gates = [new("x\nPASS\r\e[31m >= 1", 1, true, "\a")], Findings = [new("warning", "\e]0;t\a")] };
        var text = await Snapshot.Text(new TextReportWriter(), report);
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain("\nPASS", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_too_wide_loses_its_last_columns_and_says_so()
    {
        var classes = Enumerable.Range(0, 6).Select(index => new string((char)('a' + index), 30)).ToArray();
        var report = SampleReports.Empty with { Evaluation = new([.. classes], [.. classes.Select(_ => System.Collections.Immutable.ImmutableArray.Create(1L, 2, 3, 4, 5, 6))], [], []) };
        var text = await Snapshot.Text(new TextReportWriter(), report);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains("… 4 more columns in report.md", text, StringComparison.Ordinal);
    }
}
