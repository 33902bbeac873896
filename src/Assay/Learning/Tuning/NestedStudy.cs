using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>
/// Searches anew within the training rows of every outer fold, and judges each winner on rows that its search has never seen: the honest score of
/// 'train with a search', at the price of as many studies as folds. Source: Varma and Simon 2006; scikit-learn's nested cross-validation.
/// </summary>
public static class NestedStudy
{
    /// <summary>The folds one after the other, each with a seed of its own.</summary>
    /// <param name="options">Of every inner study.</param>
    /// <param name="folds">Outer folds, at least 2.</param>
    /// <param name="inner">The objective of a fold, from 0, which looks at nothing but its training rows.</param>
    /// <param name="judge">The score of a setting that is trained on all training rows of a fold and judged on its test rows.</param>
    /// <param name="workers">As of <see cref="Study.RunAsync"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserErrorException">As of <see cref="Study.RunAsync"/>.</exception>
    public static async Task<NestedEstimate> RunAsync(
        StudyOptions options,
        int folds,
        Func<int, Objective> inner,
        Func<int, ImmutableSortedDictionary<string, ParameterValue>, CancellationToken, ValueTask<double>> judge,
        int workers = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var outer = ImmutableArray.CreateBuilder<NestedFold>(folds);
        for (var fold = 0; fold < folds; fold++)
        {
            var seed = new SeededRandom(options.Seed).Derive((ulong)fold).NextUInt64();
            var study = await Study.RunAsync(options with { Seed = seed }, inner(fold), workers, null, null, cancellationToken).ConfigureAwait(false);
            var score = study.Best is { } best ? await judge(fold, best.Parameters, cancellationToken).ConfigureAwait(false) : double.NaN;
            outer.Add(new NestedFold(fold, study, score));
        }

        return new NestedEstimate(outer.ToImmutable(), options.Direction);
    }
}

/// <summary>One outer fold.</summary>
/// <param name="Fold">From 0.</param>
/// <param name="Study">The search within its training rows.</param>
/// <param name="Score">Of its winner on the fold's test rows; NaN where no trial was completed.</param>
public sealed record NestedFold(int Fold, StudyResult Study, double Score);

/// <summary>What came of a nested study.</summary>
/// <param name="Folds">In order.</param>
/// <param name="Direction">Which values are better.</param>
public sealed record NestedEstimate(ImmutableArray<NestedFold> Folds, Direction Direction)
{
    /// <summary>The mean of the outer folds' scores; NaN when one is.</summary>
    public double Value => Folds.Average(fold => fold.Score);

    /// <summary>How much better the winners looked in their own studies, on average; NaN when a fold has none.</summary>
    public double Optimism => (Direction == Direction.Minimise ? 1 : -1) * Folds.Average(fold => fold.Score - (fold.Study.Best?.Value ?? double.NaN));
}
