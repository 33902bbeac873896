using System.Collections.Immutable;
using Assay.Data;
using Assay.Statistics;

namespace Assay.Learning.Validation;

/// <summary>
/// How much a trained model relies on each raw column: the score on held-out rows less the score when that column's cells are dealt to other
/// rows. Columns that say the same share the credit or get none. Source: Breiman 2001; scikit-learn's permutation_importance.
/// </summary>
public static class PermutationImportance
{
    /// <summary>One per column, in the given order; a column's shuffles do not depend on which others are measured.</summary>
    /// <param name="rows">Rows that the model was not trained on.</param>
    /// <param name="columns">Names of raw columns, without the target.</param>
    /// <param name="predict">The model's answers to all rows.</param>
    /// <param name="score">Of the answers to all rows, in their order; NaN where undefined.</param>
    /// <param name="options">Repeats and seed.</param>
    /// <param name="cancellationToken">Looked at before every prediction.</param>
    /// <exception cref="UserErrorException">A column is absent, or there are fewer than 2 repeats or no rows.</exception>
    public static ImmutableArray<ColumnImportance> Measure(
        Table rows, IReadOnlyList<string> columns, Func<Table, float[]> predict, Func<float[], double> score, PermutationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Repeats < 2 || rows.RowCount == 0)
        {
            throw new UserErrorException(rows.RowCount == 0
                ? "There are no rows to measure on. Permutation importance needs held-out rows. Give some."
                : $"Found repeats = {options.Repeats}. Permutation importance needs 2 or more for its interval. Set it so.");
        }

        var whole = score(predict(rows));
        return [.. columns.Select(name => OfColumn(rows, rows[name], shuffled => Loss(score(predict(shuffled))), options, cancellationToken))];

        double Loss(double shuffled)
        {
            return options.HigherIsBetter ? whole - shuffled : shuffled - whole;
        }
    }

    static ColumnImportance OfColumn(Table rows, Column column, Func<Table, double> loss, PermutationOptions options, CancellationToken cancellationToken)
    {
        var place = rows.Columns.Index().First(each => each.Item == column).Index;
        var (random, losses) = (new SeededRandom(options.Seed).Derive((ulong)place), new double[options.Repeats]);
        for (var repeat = 0; repeat < losses.Length; repeat++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var order = Enumerable.Range(0, rows.RowCount).ToArray();
            random.Derive((ulong)repeat).Shuffle(order);
            losses[repeat] = loss(new Table([.. rows.Columns.Select(each => each == column ? each.Select(order) : each)]));
        }

        var defined = Array.FindAll(losses, double.IsFinite);
        var reason = defined.Length == losses.Length ? null : $"the score is undefined in {losses.Length - defined.Length} of {losses.Length} repeats";
        return defined.Length < 2
            ? new ColumnImportance(column.Name, defined.Length == 0 ? double.NaN : defined[0], double.NaN, null, [.. losses], reason)
            : new ColumnImportance(
                column.Name, defined.Average(), Math.Sqrt(MeanInterval.Moments(defined).Variance / defined.Length), MeanInterval.StudentT(defined, options.Confidence), [.. losses], reason);
    }
}
