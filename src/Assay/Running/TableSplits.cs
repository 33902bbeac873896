using System.Collections.Immutable;
using System.Globalization;
using Assay.Data;
using Assay.Learning;

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
        int[] all = [.. Enumerable.Range(0, rows)];
        var holdout = method.TestShare is { } share ? HoldoutOf(data, method, share, random.Derive(1).NextUInt64()) : null;
        var inner = holdout?.Train ?? all;
        var folds = method.TimeSeries is not null || method.Folds is not null ? FoldsOf(inner, data, method, method.Folds ?? 0, random.Derive(2).NextUInt64(), method.Repeats) : [];
        var tested = holdout?.Test.Length ?? folds.SelectMany(fold => fold.Test).Distinct().Count();
        return new TableSplits(holdout, folds, Describe(method, data.Target.Kind, rows, tested), inner.Length, tested);
    }

    /// <summary>Folds over some rows, as rows of the whole table.</summary>
    public static ImmutableArray<Split> FoldsOf(int[] rows, PreparedTable data, MethodSpec method, int folds, ulong seed, int repeats = 1)
    {
        if (repeats > 1)
        {
            return [.. RepeatedKFold.Seeds(repeats, seed).SelectMany(each => FoldsOf(rows, data, method, folds, each))];
        }

        if (method.TimeSeries is { } series)
        {
            var ordered = RowOrder.ByTime(data.Table, series.Column, rows);
            return Of(TimeSeriesSplit.Split(rows.Length, series.Folds, series.Gap, series.MaxTrain, series.TestRows), ordered);
        }

        // Numbers have no classes to keep the shares of.
        var stratify = method.Stratify && data.Target.Kind == TargetKind.Classes;
        int[] labels = stratify ? [.. rows.Select(row => data.Target.Codes[row])] : [];
        var groups = method.Group is { } group ? RowOrder.Groups(data.Table, group, rows) : null;
        return Of((groups, stratify) switch
        {
            ({ } known, _) when method.ShuffleShare is { } share => ShuffleSplit.Grouped(known, folds, share, seed),
            (null, true) when method.ShuffleShare is { } share => ShuffleSplit.Stratified(labels, folds, share, seed),
            (null, false) when method.ShuffleShare is { } share => ShuffleSplit.Split(rows.Length, folds, share, seed),
            ({ } known, true) => StratifiedGroupKFold.Split(labels, known, folds, seed),
            ({ } known, false) => GroupKFold.Split(known, folds),
            (null, true) => StratifiedKFold.Split(labels, folds, seed),
            (null, false) => KFold.Split(rows.Length, folds, seed),
        }, rows);
    }

    static Split HoldoutOf(PreparedTable data, MethodSpec method, double share, ulong seed) => (method.Group, method.Stratify && data.Target.Kind == TargetKind.Classes) switch
    {
        ({ } group, _) => ShuffleSplit.Grouped(RowOrder.Groups(data.Table, group, [.. Enumerable.Range(0, data.Table.RowCount)]), 1, share, seed)[0],
        (null, true) => Data.Holdout.Stratified(data.Target.Codes, share, seed),
        (null, false) => Data.Holdout.Split(data.Table.RowCount, share, seed),
    };

    static string Describe(MethodSpec method, TargetKind target, int rows, int tested)
    {
        var kind = method.Group is { } group ? $"grouped by {group}, " : "";
        kind += method.Stratify && target == TargetKind.Classes ? "stratified " : "";
        var times = method.Repeats == 1 ? "" : $", {method.Repeats} times";
        if (method is { ShuffleShare: { } drawn, Folds: { } draws })
        {
            var within = method.TestShare is null ? $"{tested} of {rows} rows tested, as often as they were drawn" : "within the hold-out's training rows";
            return string.Create(CultureInfo.InvariantCulture, $"{kind}shuffle, {draws} times {drawn:P0} drawn anew: {within}");
        }

        return (method.TestShare, method.Folds, method.TimeSeries) switch
        {
            (_, _, { } series) => $"{series.Folds} folds in the order of time{(series.Column is { } column ? $" ({column})" : "")}, gap {series.Gap}: {tested} of {rows} rows tested once, each by a model of earlier rows",
            (not null, null, _) => $"{kind}hold-out",
            (null, { } k, _) => $"{kind}{k}-fold cross-validation{times}, every row tested {(method.Repeats == 1 ? "once" : $"{method.Repeats} times")}",
            (not null, { } k, _) => $"{kind}hold-out, {k}-fold cross-validation{times} within the training rows",
            _ => throw new UserErrorException("'method' names none of 'holdout', 'cross_validation', 'shuffle' and 'time_series'. Add one."),
        };
    }

    // The places of a split as the rows that stand there, ascending.
    static ImmutableArray<Split> Of(ImmutableArray<Split> splits, int[] rows) =>
        [.. splits.Select(split => new Split([.. split.Train.Select(i => rows[i]).Order()], [.. split.Test.Select(i => rows[i]).Order()]))];
}
