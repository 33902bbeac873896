using System.Collections.Immutable;
using Assay.Comparing;

namespace Assay.Reporting;

/// <summary>Comparisons in words.</summary>
public static class ComparisonText
{
    /// <summary>One sentence: the verdict, and the numbers that it stands on.</summary>
    public static string Conclusion(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var told = comparison.Scores.Where(row => row.Verdict == comparison.Verdict).DefaultIfEmpty().First();
        var more = comparison.Scores.Count(row => row.Verdict == comparison.Verdict) - 1;
        var others = comparison.Scores.CountBy(row => row.Verdict).Where(count => count.Key != comparison.Verdict).Select(count => $"{count.Value} {Word(count.Key)}").ToList();
        return told is null
            ? "nothing could be compared"
            : $"{Word(comparison.Verdict)}: {Sentence(told)}{(more > 0 ? $"; and {more} more" : "")}{(others.Count > 0 ? $"; of the other figures {string.Join(", ", others)}" : "")}";
    }

    /// <summary>What is compared, both values, the difference with its interval and p.</summary>
    public static string Sentence(ScoreDifference row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var name = string.Join(" ", new[] { row.Task, row.Filter, row.Metric, row.Slice is null ? null : Slice(row) }.OfType<string>());
        var needed = row.SamplesToDecide is { } samples ? $"; about {NumberText.Count(samples)} samples would decide" : "";
        var strict = row.FailuresAsWrong is { } wrong ? $"; with failures counted as wrong {Word(wrong.Verdict)} ({NumberText.Difference(wrong.Difference, wrong.Low, wrong.High)})" : "";
        return row.Difference is null
            ? $"{name}: {row.Reason}"
            : $"{name} {NumberText.Number(row.ValueA)} to {NumberText.Number(row.ValueB)}, {NumberText.Difference(row.Difference, row.Low, row.High)}, "
                + $"{(row.P is null ? row.Reason : $"corrected p {NumberText.PValue(row.AdjustedP)}")}, {NumberText.Count(row.N)} {(row.IsPaired ? "pairs" : "samples, unpaired")}{needed}{strict}";
    }

    /// <summary>better, worse, equivalent or undecided.</summary>
    public static string Word(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Better => "better",
        ComparisonVerdict.Worse => "worse",
        ComparisonVerdict.Equivalent => "equivalent",
        ComparisonVerdict.Undecided or _ => "undecided",
    };

    internal static string Word(ScoreDifference row) => row.SamplesToDecide is { } samples ? $"undecided (n ~ {NumberText.Count(samples)})" : Word(row.Verdict);

    internal static string Note(ScoreDifference row)
    {
        var strict = row.FailuresAsWrong is { } wrong
            ? $"with failed samples counted as wrong: {Word(wrong.Verdict)}, {NumberText.Difference(wrong.Difference, wrong.Low, wrong.High)}, corrected p {NumberText.PValue(wrong.AdjustedP)}" : null;
        return string.Join("; ", new[] { row.Reason, strict, row.Clusters is { } clusters ? $"{clusters} clusters" : null }.OfType<string>());
    }

    internal static string Slice(ScoreDifference row) => string.Join(", ", (row.Slice ?? ImmutableSortedDictionary<string, string>.Empty).Select(pair => $"{pair.Key} = {pair.Value}"));

    internal static CellMark Mark(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Better => CellMark.Good,
        ComparisonVerdict.Worse => CellMark.Bad,
        ComparisonVerdict.Equivalent or ComparisonVerdict.Undecided or _ => CellMark.None,
    };
}
