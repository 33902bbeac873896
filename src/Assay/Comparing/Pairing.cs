namespace Assay.Comparing;

/// <summary>Which samples of two runs are the same: those with the same id and, where both know it, the same target.</summary>
/// <param name="A">Indices in A's columns.</param>
/// <param name="B">Those of the same samples in B's columns.</param>
/// <param name="OtherTarget">The id is in both, the target differs.</param>
sealed record Pairing(int[] A, int[] B, long OtherTarget)
{
    public static Pairing Of(ScoreColumns a, ScoreColumns b)
    {
        var (first, second, other) = (new List<int>(a.Ids.Count), new List<int>(a.Ids.Count), 0L);
        for (var index = 0; index < a.Ids.Count; index++)
        {
            var match = b.Find(a.Ids[index]);
            if (match < 0)
            {
                continue;
            }

            if (a.Targets.Differs(index, b.Targets, match))
            {
                other++;
                continue;
            }

            first.Add(index);
            second.Add(match);
        }

        return new Pairing([.. first], [.. second], other);
    }

    public TaskPairing Describe(ScoreColumns a, ScoreColumns b) =>
        new(a.Task, a.Model, b.Model, a.Filter, A.Length, a.Ids.Count - A.Length - OtherTarget, b.Ids.Count - A.Length - OtherTarget, OtherTarget);

    /// <summary>The values of both at these pairs, without those that one of them lacks, or with another value in its place.</summary>
    public PairedValues Values(NumberColumn a, NumberColumn b, LabelColumn clusters, ReadOnlySpan<int> pairs, double missing = double.NaN)
    {
        var (first, second, groups) = (new List<double>(pairs.Length), new List<double>(pairs.Length), new List<int>(pairs.Length));
        var (failedA, failedB) = (0L, 0L);
        foreach (var pair in pairs)
        {
            var (x, y) = (a[A[pair]], b[B[pair]]);
            failedA += double.IsNaN(x) ? 1 : 0;
            failedB += double.IsNaN(y) ? 1 : 0;
            (x, y) = (double.IsNaN(x) ? missing : x, double.IsNaN(y) ? missing : y);
            if (!double.IsNaN(x) && !double.IsNaN(y))
            {
                first.Add(x);
                second.Add(y);
                groups.Add(clusters[A[pair]]);
            }
        }

        return new PairedValues([.. first], [.. second], LabelColumn.AreClusters(groups) ? [.. groups] : [], failedA, failedB);
    }
}

/// <summary>What two models scored on the same samples.</summary>
/// <param name="A">One a sample.</param>
/// <param name="B">The same samples.</param>
/// <param name="Clusters">Their clusters; empty when they are independent.</param>
/// <param name="FailedA">Samples left out for A has no score.</param>
/// <param name="FailedB">The same of B; one that both lack is in both counts.</param>
sealed record PairedValues(double[] A, double[] B, int[] Clusters, long FailedA, long FailedB);
