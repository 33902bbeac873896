using System.Collections.Immutable;
using Assay.Data;

namespace Assay.Running;

/// <summary>The splits of a run. With a hold-out, folds are made of its training rows; all indices are rows of the prepared table.</summary>
/// <param name="Holdout">Null when there is none.</param>
/// <param name="Folds">Empty when there is no cross-validation.</param>
/// <param name="Method">One line for the reader.</param>
/// <param name="TrainRows">Rows that may be learned from.</param>
/// <param name="TestRows">Rows that are judged in the end.</param>
sealed record TableSplits(Split? Holdout, ImmutableArray<Split> Folds, string Method, int TrainRows, int TestRows)
{
    /// <summary>Rows that a search over settings may look at: never the hold-out's test rows.</summary>
    public int[] SearchRows(int rows) => Holdout?.Train ?? [.. Enumerable.Range(0, rows)];

    public static TableSplits Make(Spec spec, PreparedTable data)
    {
        var method = spec.Method;
        var random = new SeededRandom(method.Seed ?? spec.Seed);
        var rows = data.Table.RowCount;
        var labels = data.Labels.Codes;
        var holdout = method.TestShare is not { } share ? null
            : method.Stratify ? Data.Holdout.Stratified(labels, share, random.Derive(1).NextUInt64())
            : Data.Holdout.Split(rows, share, random.Derive(1).NextUInt64());
        var inner = holdout?.Train ?? [.. Enumerable.Range(0, rows)];
        var folds = method.Folds is { } count ? FoldsOf(inner, labels, count, method.Stratify, random.Derive(2).NextUInt64()) : [];
        var kind = method.Stratify ? "stratified " : "";
        var text = (holdout, method.Folds) switch
        {
            (not null, null) => $"{kind}hold-out",
            (null, { } k) => $"{kind}{k}-fold cross-validation, every row tested once",
            (not null, { } k) => $"{kind}hold-out, {k}-fold cross-validation within the training rows",
            _ => throw new UserErrorException("'method' names neither 'holdout' nor 'cross_validation'. Add one."),
        };
        return new TableSplits(holdout, folds, text, inner.Length, holdout?.Test.Length ?? rows);
    }

    /// <summary>Folds over some rows, as rows of the whole table.</summary>
    public static ImmutableArray<Split> FoldsOf(int[] rows, int[] labels, int folds, bool stratify, ulong seed)
    {
        var local = stratify
            ? StratifiedKFold.Split([.. rows.Select(row => labels[row])], folds, seed)
            : KFold.Split(rows.Length, folds, seed);
        return [.. local.Select(split => new Split([.. split.Train.Select(i => rows[i])], [.. split.Test.Select(i => rows[i])]))];
    }
}
