using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class RocAucTests
{
    [Fact]
    public void Ties_count_one_half()
    {
        // golden.json 'roc_auc.ties', sklearn 1.2.1.
        bool[] positives = [false, false, true, true, false, true, false, true];
        Assert.Equal(0.8125, RocAuc.Binary([.1f, .4f, .35f, .8f, .4f, .4f, .2f, .9f], positives).Value);
    }

    [Fact]
    public void One_versus_rest_is_that_of_scikit_learn()
    {
        // golden.json 'roc_auc.ovr.macro', sklearn 1.2.1.
        float[] probabilities = [.6f, .3f, .1f, .2f, .5f, .3f, .1f, .2f, .7f, .4f, .4f, .2f, .3f, .3f, .4f, .5f, .2f, .3f];
        Assert.Equal(0.8125, RocAuc.OneVsRest(probabilities, 3, [0, 1, 2, 2, 1, 0]).Value, 1e-15);
    }

    [Fact]
    public void It_is_the_share_of_pairs_ranked_right()
    {
        var (scores, positives) = Random(11, 300);
        var twice = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                twice += positives[i] && !positives[j] ? Math.Sign(scores[i] - scores[j]) + 1 : 0;
            }
        }

        var pairs = positives.Count(p => p) * positives.Count(p => !p);
        Assert.Equal(twice / (2.0 * pairs), RocAuc.Binary(scores, positives).Value);
    }

    [Fact]
    public void Row_order_and_monotone_transforms_change_nothing_and_reversal_mirrors()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var (scores, positives) = Random(seed, 100);
            var auc = RocAuc.Binary(scores, positives).Value;
            var order = Enumerable.Range(0, scores.Length).ToArray();
            new SeededRandom(seed).Shuffle(order.AsSpan());
            Assert.Equal(auc, RocAuc.Binary([.. order.Select(i => scores[i])], [.. order.Select(i => positives[i])]).Value);
            Assert.Equal(auc, RocAuc.Binary([.. scores.Select(MathF.Exp)], positives).Value);
            Assert.Equal(1 - auc, RocAuc.Binary([.. scores.Select(s => -s)], positives).Value, 1e-15);
        }
    }

    [Fact]
    public void All_scores_tied_is_one_half() =>
        Assert.Equal(0.5, RocAuc.Binary([1, 1, 1], [true, false, false]).Value);

    [Fact]
    public void One_class_a_missing_class_and_a_score_that_is_no_number_are_undefined_with_a_reason()
    {
        Assert.Equal("no row is of the positive class", RocAuc.Binary([1, 2], [false, false]).Reason);
        Assert.Equal("every row is of the positive class", RocAuc.Binary([1], [true]).Reason);
        Assert.Equal("no row is of the positive class", RocAuc.Binary([], []).Reason);
        Assert.Equal("a score is not a number", RocAuc.Binary([1, float.NaN, 2], [true, false, true]).Reason);
        Assert.Equal("class 2 against the rest: no row is of the positive class", RocAuc.OneVsRest([.2f, .3f, .5f, .6f, .3f, .1f], 3, [1, 0]).Reason);
    }

    // Scores on a grid of twenty, so that most are tied.
    static (float[] Scores, bool[] Positives) Random(ulong seed, int n)
    {
        var random = new SeededRandom(seed);
        return ([.. Enumerable.Range(0, n).Select(_ => random.Next(20) / 20f)], [.. Enumerable.Range(0, n).Select(i => i == 0 || (i > 1 && random.Next(3) == 0))]);
    }
}
