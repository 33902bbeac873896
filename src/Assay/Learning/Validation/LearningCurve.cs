using System.Collections.Immutable;
using Assay.Data;

namespace Assay.Learning.Validation;

/// <summary>The score as a function of the training rows: whether more of them, or a better model, would help.</summary>
/// <param name="Points">Rising sizes.</param>
/// <param name="Extrapolation">What twice the rows would bring.</param>
public sealed record LearningCurve(ImmutableArray<LearningCurvePoint> Points, Extrapolation Extrapolation)
{
    /// <summary>Trains on growing parts of each fold's training rows and judges on all of its test rows; the same for any number of workers.</summary>
    /// <param name="splits">The folds.</param>
    /// <param name="score">Trains on the split's training rows, and gives the score on its test rows; NaN where undefined (a class is absent, ...). Called from several threads.</param>
    /// <param name="options">Sizes, seed, what is worth having.</param>
    /// <param name="workers">Trainings at the same time.</param>
    /// <param name="done">Told how many trainings are done, from whatever thread.</param>
    /// <param name="cancellationToken">Passed on.</param>
    /// <exception cref="UserErrorException">The shares do not rise from above 0 to 1 at most, or there is no fold.</exception>
    public static async Task<LearningCurve> MeasureAsync(
        ImmutableArray<Split> splits,
        Func<Split, CancellationToken, double> score,
        LearningCurveOptions options,
        int workers = 1,
        IProgress<int>? done = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(options);
        Check(splits, options);
        var most = splits.Min(split => split.Train.Length);
        int[] sizes = [.. options.Shares.Select(share => Math.Max(1, (int)Math.Round(share * most))).Distinct()];
        var orders = splits.Select((split, i) => Shuffled(split.Train, new SeededRandom(options.Seed).Derive((ulong)i))).ToArray();
        var scores = new double[sizes.Length * splits.Length];
        await Fits.RunAsync(scores.Length, workers, done, Run, cancellationToken).ConfigureAwait(false);
        ImmutableArray<LearningCurvePoint> points = [.. sizes.Select((size, i) => Point(size, scores.AsSpan(i * splits.Length, splits.Length), splits))];
        return new LearningCurve(points, Extrapolation.Of(points, FoldSummary.TestShareOfTrain(splits), options));

        void Run(int i, CancellationToken token)
        {
            var (size, fold) = (sizes[i / splits.Length], i % splits.Length);
            var part = orders[fold][..size];
            Array.Sort(part);
            scores[i] = score(splits[fold] with { Train = part }, token);
        }
    }

    static LearningCurvePoint Point(int rows, ReadOnlySpan<double> scores, ImmutableArray<Split> splits) => new(rows, [.. scores], FoldSummary.Of(scores, splits));

    static int[] Shuffled(int[] rows, SeededRandom random)
    {
        var order = (int[])rows.Clone();
        random.Shuffle(order);
        return order;
    }

    static void Check(ImmutableArray<Split> splits, LearningCurveOptions options)
    {
        var shares = options.Shares;
        if (splits.IsEmpty || shares.IsEmpty || !(shares[0] > 0) || !(shares[^1] <= 1) || shares.Zip(shares.Skip(1)).Any(pair => !(pair.First < pair.Second)))
        {
            throw new UserErrorException(splits.IsEmpty
                ? "There is no fold. A learning curve needs at least one split. Give some."
                : $"Found the shares {string.Join(", ", shares)}. Expected rising numbers above 0, the last at most 1. Set them so.");
        }
    }
}
