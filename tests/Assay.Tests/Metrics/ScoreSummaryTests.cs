using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class ScoreSummaryTests
{
    [Theory]
    [InlineData(50, 1.0)]
    [InlineData(20_000, 1.0)]
    [InlineData(20_000, 10.0)]
    public void The_area_is_the_share_of_pairs_ranked_right(int rows, double coarseness)
    {
        // The radix sort begins at some thousand rows; rounding makes ties. Against the count of pairs by ranks (Mann-Whitney).
        var (scores, positives) = Random(rows, coarseness);
        Assert.Equal(MannWhitney(scores, positives), RocAuc.Binary(ScoreSummary.Of(scores, positives)).Value, 1e-12);
    }

    [Fact]
    public void Scores_that_differ_in_the_last_bit_are_told_apart()
    {
        var random = new SeededRandom(4);
        double[] scores = [.. Enumerable.Range(0, 10_000).Select(_ => BitConverter.UInt64BitsToDouble(0x3FF0_0000_0000_0000 + (ulong)random.Next(5000)))];
        bool[] positives = [.. scores.Select(_ => random.Next(2) == 0)];
        Assert.Equal(MannWhitney(scores, positives), RocAuc.Binary(ScoreSummary.Of(scores, positives)).Value, 1e-12);
    }

    [Fact]
    public void Summaries_of_parts_add_up_to_the_whole_in_any_order_of_rows()
    {
        var (scores, positives) = Random(5000, 3);
        var whole = ScoreSummary.Of(scores, positives);
        foreach (var cut in new[] { 0, 1, 2500, 5000 })
        {
            var merged = ScoreSummary.Of(scores.AsSpan(cut), positives.AsSpan(cut)).Merge(ScoreSummary.Of(scores.AsSpan(0, cut), positives.AsSpan(0, cut)));
            Assert.Equal(RocAuc.Binary(whole), RocAuc.Binary(merged));
            Assert.Equal(AveragePrecision.Of(whole), AveragePrecision.Of(merged));
            Assert.Equal(KolmogorovSmirnov.Of(whole), KolmogorovSmirnov.Of(merged));
        }
    }

    [Fact]
    public void Infinite_scores_rank_at_the_ends_and_zeros_are_equal()
    {
        Assert.Equal(1, RocAuc.Binary(ScoreSummary.Of((double[])[double.NegativeInfinity, 0, double.PositiveInfinity], [false, true, true])).Value);
        Assert.Equal(0.5, RocAuc.Binary(ScoreSummary.Of((double[])[-0.0, 0.0], [false, true])).Value);
    }

    public static TheoryData<double[], bool[], string> Undefined => new()
    {
        { [], [], "no row is of the positive class" },
        { [.5], [true], "every row is of the positive class" },
        { [.5], [false], "no row is of the positive class" },
        { [.5, double.NaN], [true, false], "a score is not a number" },
    };

    [Theory]
    [MemberData(nameof(Undefined))]
    public void Undefined_areas_say_why(double[] scores, bool[] positives, string reason)
    {
        var ranking = ScoreSummary.Of(scores, positives);
        Assert.Equal(reason, RocAuc.Binary(ranking).Reason);
        Assert.Equal(reason, RocAuc.Partial(ranking, 0.5).Reason);
        Assert.Equal(reason, KolmogorovSmirnov.Of(ranking).Value.Reason);
        Assert.Empty(RocCurve.Compute(ranking));
        Assert.Empty(DetCurve.Compute(ranking));
        Assert.True(AveragePrecision.Of(ranking) is { IsDefined: false } or { Value: 1 });
    }

    [Fact]
    public void All_scores_tied_are_guessing()
    {
        var ranking = ScoreSummary.Of((double[])[1, 1, 1, 1], [true, false, true, false]);
        Assert.Equal(0.5, RocAuc.Binary(ranking).Value);
        Assert.Equal(0.5, AveragePrecision.Of(ranking).Value);
        Assert.Equal(0, KolmogorovSmirnov.Of(ranking).Value.Value);
        Assert.All(Gains.Compute(ranking), point => Assert.Equal(1, point.Lift, 1e-12));
    }

    [Fact]
    public void Error_rates_and_gains_are_those_of_the_definition()
    {
        // sklearn 1.2.1 det_curve, which leaves out the ends.
        var ranking = ScoreSummary.Of((double[])[.1, .4, .35, .8, .4, .4, .2, .9], [false, false, true, true, false, true, false, true]);
        var det = DetCurve.Compute(ranking).Where(point => point.Threshold is .35 or .4 or .8).ToArray();
        Assert.Equal([(0, .5), (.5, .25), (.5, 0)], det.Select(point => (point.FalsePositiveRate, point.FalseNegativeRate)));

        // Eight rows in four groups: the two best are positive.
        var gains = Gains.Compute(ranking, 4);
        Assert.Equal((0.25, 0.5, 2.0), (gains[0].Share, gains[0].Gain, gains[0].Lift));
        Assert.Equal((1.0, 1.0, 1.0), (gains[3].Share, gains[3].Gain, gains[3].Lift));
    }

    static (double[] Scores, bool[] Positives) Random(int rows, double coarseness)
    {
        var random = new SeededRandom(9);
        bool[] positives = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) == 0)];
        return ([.. positives.Select(positive => Math.Round((random.Next(1000) - 500 + (positive ? 200 : 0)) / coarseness) * 1e-3)], positives);
    }

    static double MannWhitney(double[] scores, bool[] positives)
    {
        var groups = scores.Zip(positives).GroupBy(pair => pair.First).OrderBy(group => group.Key);
        double below = 0, pairs = 0;
        foreach (var group in groups)
        {
            var (ups, downs) = (group.Count(pair => pair.Second), group.Count(pair => !pair.Second));
            pairs += ups * (below + (downs / 2.0));
            below += downs;
        }

        return pairs / (below * positives.Count(positive => positive));
    }
}
