using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Assay.Comparing;
using Assay.Tests.Reporting;
using Assay.Web.Reporting;

namespace Assay.Tests.Web.Reporting;

public sealed class ComparisonChartsTests
{
    static readonly ScoreDifference _difference = new()
    {
        Task = "gsm8k",
        ModelA = "old",
        ModelB = "new",
        Filter = "none",
        Metric = "exact_match",
        HigherIsBetter = true,
        N = 660,
        ValueA = 0.4,
        ValueB = 0.34,
        Difference = -0.06,
        Low = -0.1,
        High = -0.02,
        P = 0.004,
        AdjustedP = 0.004,
        Test = "mcnemar-exact",
        Method = "bonett-price",
        Verdict = ComparisonVerdict.Worse,
        OnlyA = 90,
        OnlyB = 50,
    };

    static readonly RunComparison _comparison = new()
    {
        A = new ComparedRun("baseline", "a", "gsm8k", null, 660),
        B = new ComparedRun("candidate", "b", "gsm8k", null, 660),
        Verdict = ComparisonVerdict.Worse,
        Alpha = 0.05,
        Tests = 1,
        Scores = [_difference, _difference with { Metric = "f1", Difference = 0.01, Low = -0.02, High = 0.04, Verdict = ComparisonVerdict.Undecided }, _difference with { Metric = "bleu", Difference = 3, Low = 1, High = 5 }],
        Slices = [_difference with { Slice = ImmutableSortedDictionary<string, string>.Empty.Add("language", "<i>de</i>") }],
        Flips = [new Flip("gsm8k", "old", "new", "none", "exact_match", "17", 1, 0, "4", "4", "</td><script>alert(1)</script>")],
    };

    [Fact]
    public async Task Differences_are_drawn_beside_no_difference_and_what_is_worse_is_marked()
    {
        var html = await Snapshot.Text(new HtmlReportWriter(), SampleReports.Empty with { Comparisons = [_comparison] });
        var chart = html[html.IndexOf("id=\"differences-0-t\"", StringComparison.Ordinal)..];
        chart = chart[..chart.IndexOf("</figure>", StringComparison.Ordinal)];
        Assert.Contains("gsm8k exact_match -0.060 [-0.100, -0.020], weak; gsm8k f1 &#x2B;0.010 [-0.020, &#x2B;0.040].", chart.Replace("+", "&#x2B;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("bleu", chart, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(chart, "class=\"target\""));
        Assert.Contains("candidate minus baseline; on the dashed line there is no difference.", chart, StringComparison.Ordinal);
        Assert.Contains("▼ worse by interval and corrected test.", chart, StringComparison.Ordinal);
        Assert.Contains("id=\"slice-differences-0-t\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_comparison_has_its_own_charts_and_answers_of_flips_stand_side_by_side_as_text()
    {
        var html = await Snapshot.Text(new HtmlReportWriter(), SampleReports.Empty with { Comparisons = [_comparison, _comparison with { B = _comparison.B with { Label = "third" } }] });
        Assert.Contains("third minus baseline", html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "id=\"differences-[01]-t\""));
        Assert.Contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        var ids = Regex.Matches(html, " id=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }
}
