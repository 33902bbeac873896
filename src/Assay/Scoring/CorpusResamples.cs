using Assay.Metrics;

namespace Assay.Scoring;

/// <summary>Scores of resampled corpora, from the numbers of their segments.</summary>
static class CorpusResamples
{
    /// <summary>For each corpus its score in each round; a round draws the same segments of all. The result does not depend on the number of threads.</summary>
    public static double[][] Draw(CorpusStatistics[] corpora, EstimateOptions options, CancellationToken cancellationToken)
    {
        var scores = Array.ConvertAll(corpora, _ => new double[options.Rounds]);
        var (segments, root) = (corpora[0].Count, new SeededRandom(options.Seed));
        if (segments == 0)
        {
            return scores;
        }

        Parallel.For(0, options.Rounds, new ParallelOptions { CancellationToken = cancellationToken }, round =>
        {
            var random = root.Derive((ulong)round);
            var sums = Array.ConvertAll(corpora, corpus => new double[corpus.Metric.Width]);
            for (var draw = 0; draw < segments; draw++)
            {
                var segment = random.Next(segments);
                for (var i = 0; i < corpora.Length; i++)
                {
                    corpora[i].Add(segment, sums[i]);
                }
            }

            for (var i = 0; i < corpora.Length; i++)
            {
                scores[i][round] = corpora[i].Metric.Score(sums[i]);
            }
        });
        return scores;
    }

    /// <summary>The score without each segment in turn.</summary>
    public static double[] LeaveOneOut(CorpusStatistics corpus)
    {
        var (whole, rest) = (corpus.Sum(), new double[corpus.Metric.Width]);
        var scores = new double[corpus.Count];
        for (var segment = 0; segment < scores.Length; segment++)
        {
            var row = corpus.Row(segment);
            for (var i = 0; i < rest.Length; i++)
            {
                rest[i] = whole[i] - row[i];
            }

            scores[segment] = corpus.Metric.Score(rest);
        }

        return scores;
    }
}
