using System.Collections.Immutable;
using Assay.Data;
using Assay.Data.Drift;
using Assay.Data.Profiling;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>
/// Compares a current table with a reference, column by column: the distribution of the values, the share of missing ones, values that the
/// reference does not hold, and the type. Missing values are never dropped silently: they are a comparison of their own.
/// </summary>
public static class DriftAnalysis
{
    const int MostNewValues = 20;

    /// <summary>Two tables.</summary>
    public static DriftResult Compare(Table reference, Table current, DriftOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return Compare((DriftColumn[])[.. reference.Columns.Select(DriftColumn.Of)], (DriftColumn[])[.. current.Columns.Select(DriftColumn.Of)], options);
    }

    /// <summary>A table against a saved profile. A reference of more than 2048 rows then stands for its quantiles (rank error 0.04 %).</summary>
    public static DriftResult Compare(TableProfile reference, Table current, DriftOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return Compare((DriftColumn[])[.. reference.Columns.Select(DriftColumn.Of)], (DriftColumn[])[.. current.Columns.Select(DriftColumn.Of)], options);
    }

    /// <summary>Columns of tables or of profiles: a table larger than memory is profiled first, and stands for its quantiles.</summary>
    /// <param name="reference">Of different names.</param>
    /// <param name="current">Of different names.</param>
    /// <param name="options">Test, thresholds, seed.</param>
    /// <exception cref="UserErrorException">There is no such test.</exception>
    public static DriftResult Compare(IReadOnlyList<DriftColumn> reference, IReadOnlyList<DriftColumn> current, DriftOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Test is { } test && !DriftTest.Known.Contains(test))
        {
            throw new UserErrorException($"There is no drift test '{test}'.{NearestName.Hint(test, DriftTest.Known)} Known: {string.Join(", ", DriftTest.Known)}.");
        }

        var byName = current.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var known = reference.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var columns = reference.Select(column => byName.TryGetValue(column.Name, out var now) ? Compare(column, now, options) : Absent(column))
            .Concat(current.Where(column => !known.Contains(column.Name)).Select(Added)).ToArray();
        var adjusted = Multiplicity.BenjaminiHochberg(Array.ConvertAll(columns, column => column.PValue ?? double.NaN));
        var missing = Multiplicity.BenjaminiHochberg(Array.ConvertAll(columns, column => column.MissingP ?? double.NaN));
        ImmutableArray<ColumnDrift> judged = [.. columns.Select((column, i) => Judge(column with { AdjustedP = Finite(adjusted[i]), MissingP = Finite(missing[i]) }, options))];
        var drifted = judged.Count(column => !column.Causes.IsEmpty);
        var share = judged.IsEmpty ? 0 : (double)drifted / judged.Length;
        return new DriftResult(judged, drifted, share, options.DriftShare, share >= options.DriftShare);
    }

    static ColumnDrift Absent(DriftColumn column) => new() { Column = column.Name, Kind = column.Kind, Rows = column.Count, Causes = ["absent"], Reason = "the current data do not have it" };

    static ColumnDrift Added(DriftColumn column) => new() { Column = column.Name, CurrentKind = column.Kind, CurrentRows = column.Count, Causes = ["added"], Reason = "the reference does not have it" };

    static ColumnDrift Compare(DriftColumn reference, DriftColumn current, DriftOptions options)
    {
        var drift = new ColumnDrift
        {
            Column = reference.Name,
            Kind = reference.Kind,
            CurrentKind = current.Kind,
            Rows = reference.Count,
            CurrentRows = current.Count,
            Missing = Share(reference.Missing, reference.Count + reference.Missing),
            CurrentMissing = Share(current.Missing, current.Count + current.Missing),
            MissingP = CountTests.Z(reference.Missing, reference.Count + reference.Missing, current.Missing, current.Count + current.Missing).PValue,
        };
        if (reference.Count == 0 || current.Count == 0)
        {
            return drift with { Reason = $"the {(reference.Count == 0 ? "reference" : "current data")} {(reference.Count == 0 ? "has" : "have")} no value in it" };
        }

        if (IsNumber(reference) != IsNumber(current))
        {
            return drift with { Reason = "values of two types are not compared" };
        }

        var chosen = DriftTest.Choose(reference, current);
        var test = options.Test ?? chosen;
        var result = DriftTest.Run(test, reference, current, options.Seed);
        if (result is null && options.Test is not null)
        {
            test = chosen;
            result = DriftTest.Run(test, reference, current, options.Seed);
        }

        drift = WithNewValues(drift, reference, current);
        return result is not { } found ? drift with { Reason = WhyNotCompared(reference, current) } : drift with
        {
            Test = test,
            Statistic = Finite(found.Statistic),
            PValue = found.PValue is { } p ? Finite(p) : null,
            Threshold = (test == options.Test || options.Test is null ? options.Threshold : null) ?? DriftTest.Threshold(test),
            Effect = Finite(found.Effect),
            EffectName = found.EffectName,
            Reason = double.IsNaN(found.Statistic) || found.PValue is double.NaN ? Undefined(test) : null,
        };
    }

    static string Undefined(string test) => test switch
    {
        "es" => "fewer than 5 values on a side, or the middle half of them is one value: the test is undefined",
        "empirical_mmd" or "cramer_von_mises" => "fewer than 2 values on a side: the test is undefined",
        "perc_text_content_drift" or "abs_text_content_drift" => "fewer than 4 texts on a side: the test is undefined",
        _ => "nothing varies: the test is undefined",
    };

    static string WhyNotCompared(DriftColumn reference, DriftColumn current) => reference.Kind == ColumnKind.Text
        ? "a profile keeps no texts, whether saved or made of a file above 64 MiB: compare smaller tables themselves"
        : $"more than 1000 different values in the {(reference.Counts is null ? "reference" : current.Counts is null ? "current data" : "two")} are not compared as categories";

    static ColumnDrift WithNewValues(ColumnDrift drift, DriftColumn reference, DriftColumn current)
    {
        // Free text is new in nearly every row: its content is what is tested.
        if (IsNumber(reference) || reference.Kind == ColumnKind.Text || reference.Counts is not { } before || current.Counts is not { } now)
        {
            return drift;
        }

        var added = now.Where(pair => !before.ContainsKey(pair.Key)).OrderByDescending(pair => pair.Value).ToArray();
        return drift with { NewValues = [.. added.Take(MostNewValues).Select(pair => pair.Key)], NewShare = Share(added.Sum(pair => pair.Value), current.Count) };
    }

    static ColumnDrift Judge(ColumnDrift drift, DriftOptions options)
    {
        var causes = drift.Causes.ToBuilder();
        if (drift is { Test: { } test, Threshold: { } threshold } && (drift.PValue is not null || drift.Reason is null) && DriftTest.IsDrift(test, drift.Statistic, drift.AdjustedP, threshold))
        {
            causes.Add("distribution");
        }

        if (drift.MissingP < options.MissingLevel && Math.Abs(drift.CurrentMissing!.Value - drift.Missing!.Value) >= options.LeastShare)
        {
            causes.Add("missing");
        }

        if (drift.NewShare >= options.LeastShare)
        {
            causes.Add("new_values");
        }

        // Integers may become numbers and categories free text without meaning anything else; a column without a value has no type.
        if (drift is { Kind: { } before, CurrentKind: { } now, Rows: > 0, CurrentRows: > 0 } && Family(before) != Family(now))
        {
            causes.Add("type");
        }

        return drift with { Causes = causes.ToImmutable() };
    }

    static int Family(ColumnKind kind) => kind switch
    {
        ColumnKind.Number or ColumnKind.Integer => 0,
        ColumnKind.Category or ColumnKind.Text => 1,
        ColumnKind.Boolean => 2,
        ColumnKind.Date or _ => 3,
    };

    static bool IsNumber(DriftColumn column) => column.Kind is not (ColumnKind.Category or ColumnKind.Text);

    static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;

    static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
