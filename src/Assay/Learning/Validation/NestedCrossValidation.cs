using System.Collections.Immutable;
using Assay.Data;

namespace Assay.Learning.Validation;

/// <summary>
/// Judges a procedure that chooses (settings, features, a model): in every outer fold it chooses anew from the training rows alone, and what it
/// chose is judged on rows that no choice has seen. The estimate is of the procedure, not of one choice; the score of the best inner choice
/// would be too good. Source: Varma and Simon 2006.
/// </summary>
public static class NestedCrossValidation
{
    /// <summary>The outer folds, in order: the same for any number of workers.</summary>
    /// <param name="splits">The outer folds, repeated or not.</param>
    /// <param name="choose">The inner choice from these rows, with a seed of the fold's own; on one thread, called from several.</param>
    /// <param name="judge">The score on the split's test rows of what was chosen, trained on its training rows; NaN where undefined.</param>
    /// <param name="seed">Of all choices.</param>
    /// <param name="workers">Folds at the same time.</param>
    /// <param name="done">Told how many folds are done, from whatever thread.</param>
    /// <param name="cancellationToken">Passed on.</param>
    public static async Task<NestedResult<TChoice>> RunAsync<TChoice>(
        ImmutableArray<Split> splits,
        Func<int[], ulong, CancellationToken, TChoice> choose,
        Func<TChoice, Split, CancellationToken, double> judge,
        ulong seed,
        int workers = 1,
        IProgress<int>? done = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(choose);
        ArgumentNullException.ThrowIfNull(judge);
        var random = new SeededRandom(seed);
        var folds = new NestedFold<TChoice>[splits.Length];
        await Fits.RunAsync(splits.Length, workers, done, Run, cancellationToken).ConfigureAwait(false);
        return new NestedResult<TChoice>([.. folds], FoldSummary.Of([.. folds.Select(fold => fold.Score)], splits));

        void Run(int i, CancellationToken token)
        {
            var choice = choose(splits[i].Train, random.Derive((ulong)i).NextUInt64(), token);
            folds[i] = new NestedFold<TChoice>(i + 1, choice, judge(choice, splits[i], token));
        }
    }
}
