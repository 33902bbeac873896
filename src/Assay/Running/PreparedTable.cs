using System.Globalization;
using Assay.Data;
using Assay.Learning;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>The rows that the run uses: those with a target that no drop_missing took away.</summary>
/// <param name="Table">All columns of the file, the rows used.</param>
/// <param name="Ids">The data row of the file that each row was, from 1.</param>
/// <param name="Target">What it is to predict; no row lacks it.</param>
/// <param name="Positive">Index of the positive class; the last class when the target is not binary; -1 for numbers.</param>
/// <param name="RowsRead">Rows of the file.</param>
/// <param name="RowsWithoutTarget">Left out first.</param>
sealed record PreparedTable(Table Table, int[] Ids, TargetValues Target, int Positive, int RowsRead, int RowsWithoutTarget)
{
    /// <summary>What the reader left out.</summary>
    public ReadNotes? Notes { get; init; }

    public string Summary => $"{RowsRead} rows read, {RowsWithoutTarget} without target, {RowsRead - RowsWithoutTarget - Table.RowCount} dropped, {Table.RowCount} used";

    public string Id(int row) => Ids[row].ToString(CultureInfo.InvariantCulture);

    public static PreparedTable Read(Spec spec)
    {
        var data = spec.Data!;
        var file = TableReader.Read(data.FullPath, data.Reading);
        foreach (var name in (string[])[.. data.Targets, .. data.Exclude, .. spec.Slices, spec.Training.Weights ?? data.Target])
        {
            _ = file[name];
        }

        var targets = data.Targets.Select(name => file[name]).ToArray();
        var withTarget = Enumerable.Range(0, file.RowCount).Where(row => !targets.Any(target => target.IsMissing(row))).ToArray();
        var judged = file.Select(withTarget);

        // With the target: rows that differ in it alone are no duplicates.
        var kept = Preparation.RowsToKeep(judged.Without(data.Exclude), spec.Prepare, []);
        var table = judged.Select(kept);
        var target = TargetValues.Of(table, TrainStage.Options(spec));
        Check(data, target, table.RowCount);
        return new PreparedTable(
            table, [.. kept.Select(row => withTarget[row] + 1)], target, PositiveClass(data, target), file.RowCount, file.RowCount - withTarget.Length)
        {
            Notes = file.Notes,
        };
    }

    public DataSection Describe(Spec spec, string sha256, TableSplits splits)
    {
        var data = spec.Data!;
        return new DataSection(
            data.Path,
            sha256,
            RowsRead,
            RowsWithoutTarget,
            RowsRead - RowsWithoutTarget - Table.RowCount,
            string.Join(", ", data.Targets),
            Target.Classes.Length == 2 ? Target.Classes[Positive] : null,
            [.. Target.Classes.Select((label, i) => ClassOf(label, Target.Codes.Count(code => code == i)))],
            [.. Table.Columns.Select(column => Describe(column, data))],
            splits.Method,
            splits.TrainRows,
            splits.TestRows)
        {
            Numbers = [.. Target.Numbers.Select((values, i) => NumbersOf(Target.Columns[i], values))],
        };
    }

    static NumberTargetSection NumbersOf(string name, double[] values)
    {
        var (mean, variance) = values.Length > 1 ? MeanInterval.Moments(values) : (values.Average(), 0);
        return new NumberTargetSection(name, values.Length, mean, Math.Sqrt(variance), values.Min(), values.Max());
    }

    static void Check(DataSpec data, TargetValues target, int rows)
    {
        if (target.Kind == TargetKind.Numbers)
        {
            if (rows < 2)
            {
                throw new UserErrorException($"{data.Path}: {rows} rows are left; two are needed. Drop fewer rows.");
            }
        }
        else if (target.Classes.Length < 2)
        {
            throw new UserErrorException(
                $"{data.Path}: target '{data.Target}' has {target.Classes.Length} class(es) in the {rows} rows left; two are needed. Check the target, or drop fewer rows.");
        }
    }

    ClassSection ClassOf(string label, int rows) => new(label, rows, (double)rows / Table.RowCount);

    static ColumnSection Describe(Column column, DataSpec data) => new(
        column.Name,
        column.Kind.ToString().ToLowerInvariant(),
        data.Targets.Contains(column.Name) ? "target" : data.Exclude.Contains(column.Name) ? "excluded" : "feature",
        column.MissingCount,
        ClassLabels.Of(column).Classes.Length);

    static int PositiveClass(DataSpec data, TargetValues target)
    {
        if (data.Positive is not { } positive)
        {
            return target.Classes.Length - 1;
        }

        var index = target.Classes.IndexOf(positive);
        return index >= 0 ? index : throw new UserErrorException(
            $"{data.Path}: '{data.Target}' never is '{positive}', named as its positive class.{NearestName.Hint(positive, target.Classes)} It is one of: {string.Join(", ", target.Classes)}.");
    }
}
