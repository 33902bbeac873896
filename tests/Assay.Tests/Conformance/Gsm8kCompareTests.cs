using Assay.Comparing;
using Assay.Running;

namespace Assay.Tests.Conformance;

/// <summary>
/// The four models of openai/grade-school-math against one another. Counts, differences and p-values: scipy 1.10 binomtest on the
/// published <c>is_correct</c> (statsmodels' mcnemar(exact=True) gives the same); intervals: Bonett and Price 2012 by numpy.
/// </summary>
public class Gsm8kCompareTests
{
    [Theory]
    [InlineData("6b_finetuning", "6b_verification", 25, 145, 0.14497828897378556, 0.2175594753766676, 9.356427960246984e-22, ComparisonVerdict.Better)]
    [InlineData("6b_finetuning", "175b_finetuning", 40, 119, 0.08288511354938277, 0.15578558131466555, 2.6390123568673864e-10, ComparisonVerdict.Better)]
    [InlineData("6b_finetuning", "175b_verification", 21, 246, 0.2987986146149077, 0.380959693542192, 7.280107196237727e-50, ComparisonVerdict.Better)]
    [InlineData("6b_verification", "175b_finetuning", 106, 65, -0.1005882312050146, -0.0232788382813902, 0.002129274020989019, ComparisonVerdict.Worse)]
    [InlineData("6b_verification", "175b_verification", 45, 150, 0.11885055676982362, 0.19836998703682288, 2.140971878749026e-14, ComparisonVerdict.Better)]
    [InlineData("175b_finetuning", "175b_verification", 32, 178, 0.18084424832683915, 0.26024336496621225, 9.530026403347771e-26, ComparisonVerdict.Better)]
    public async Task Each_pair_has_the_published_difference(string a, string b, long onlyA, long onlyB, double low, double high, double p, ComparisonVerdict verdict)
    {
        SharedFolder.Find("data", "gsm8k");
        var spec = SpecReader.ReadFile(Repository.PathOf("samples", "gsm8k-replay.yaml"), Repository.Root).Spec!;
        var (first, second) = (new RunScores(a, model: a), new RunScores(b, model: b));
        var services = new RunServices
        {
            Time = TimeProvider.System,
            OnRecord = record =>
            {
                first.Add(record);
                second.Add(record);
            },
        };
        await Runner.RunAsync(spec with { Models = [.. spec.Models.Where(model => model.Name == a || model.Name == b)], Gates = [] }, services, TestContext.Current.CancellationToken);

        var comparison = Comparison.Compare(first, second, null, TestContext.Current.CancellationToken);
        var row = Assert.Single(comparison.Scores);
        Assert.Equal((660L, onlyA, onlyB), (row.N, row.OnlyA!.Value, row.OnlyB!.Value));
        Assert.Equal((onlyB - onlyA) / 660.0, row.Difference!.Value, 1e-12);
        Assert.Equal(low, row.Low!.Value, 1e-9);
        Assert.Equal(high, row.High!.Value, 1e-9);

        // Relative: the tails are computed by continued fractions to about 12 digits.
        Assert.Equal(1, row.P!.Value / p, 1e-9);
        Assert.Equal(verdict, comparison.Verdict);
        Assert.Equal(onlyA + onlyB, comparison.Flips.Length);
    }
}
