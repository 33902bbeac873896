using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Tests.Conformance;

/// <summary>How many of the 660 problems a comparison that may end early asks, over 50 random orders: the figures of docs/compare.md.</summary>
public class Gsm8kSavingTests(ITestOutputHelper output)
{
    const int Orders = 50;

    [Theory]
    [InlineData("6b_finetuning", "6b_verification")]
    [InlineData("6b_finetuning", "175b_finetuning")]
    [InlineData("6b_finetuning", "175b_verification")]
    [InlineData("6b_verification", "175b_finetuning")]
    [InlineData("6b_verification", "175b_verification")]
    [InlineData("175b_finetuning", "175b_verification")]
    public void A_clear_pair_is_decided_early_and_never_the_wrong_way(string a, string b)
    {
        double[] differences = [.. File.ReadLines(SharedFolder.Find("data", "gsm8k", "example_model_solutions.part1.jsonl")).Select(line => JsonNode.Parse(line)!).Select(row => Right(row, b) - Right(row, a))];
        var truth = differences.Average();
        var (asked, decided, wrong) = (new int[Orders], 0, 0);
        for (var order = 0; order < Orders; order++)
        {
            var shuffled = (double[])differences.Clone();
            new SeededRandom((ulong)order).Shuffle(shuffled);
            var mean = new SequentialMean(-1, 1, 0.95);
            while (asked[order] < shuffled.Length && mean.Interval is { Low: <= 0, High: >= 0 })
            {
                mean.Add(shuffled[asked[order]++]);
            }

            decided += mean.Interval is { Low: <= 0, High: >= 0 } ? 0 : 1;
            wrong += (truth > 0 ? mean.Interval.High < 0 : mean.Interval.Low > 0) ? 1 : 0;
        }

        output.WriteLine(FormattableString.Invariant($"{a} {b}: decided {decided} of {Orders}, asked {asked.Average():0} of {differences.Length}, saved {1 - (asked.Average() / differences.Length):0.000}"));
        Assert.Equal(0, wrong);
        Assert.True(Math.Abs(truth) < 0.1 || (decided == Orders && asked.Average() < differences.Length / 2));
    }

    static double Right(JsonNode row, string model) => (bool)row[model]!["is_correct"]! ? 1 : 0;
}
