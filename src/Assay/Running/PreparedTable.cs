using System.Globalization;
using Assay.Data;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>The rows that the run uses: those with a target that no drop_missing took away.</summary>
/// <param name="Table">All columns of the file, the rows used.</param>
/// <param name="Ids">The data row of the file that each row was, from 1.</param>
/// <param name="Labels">The target as classes; no code is -1.</param>
/// <param name="Positive">Index of the positive class; the last class when the target is not binary.</param>
/// <param name="RowsRead">Rows of the file.</param>
/// <param name="RowsWithoutTarget">Left out first.</param>
sealed record PreparedTable(Table Table, int[] Ids, ClassLabels Labels, int Positive, int RowsRead, int RowsWithoutTarget)
{
    /// <summary>What the reader left out.</summary>
    public ReadNotes? Notes { get; init; }

    public string Id(int row) => Ids[row].ToString(CultureInfo.InvariantCulture);

    public static PreparedTable Read(Spec spec)
    {
        var data = spec.Data!;
        var file = TableReader.Read(data.FullPath, data.Reading);
        foreach (var name in (string[])[data.Target, .. data.Exclude, .. spec.Slices])
        {
            _ = file[name];
        }

        var target = file[data.Target];
        var withTarget = Enumerable.Range(0, file.RowCount).Where(row => !target.IsMissing(row)).ToArray();
        var judged = file.Select(withTarget);

        // With the target: rows that differ in it alone are no duplicates.
        var kept = Preparation.RowsToKeep(judged.Without(data.Exclude), spec.Prepare, []);
        var table = judged.Select(kept);
        var labels = ClassLabels.Of(table[data.Target]);
        if (labels.Classes.Length < 2)
        {
            throw new UserErrorException(
                $"{data.Path}: target '{data.Target}' has {labels.Classes.Length} class(es) in the {table.RowCount} rows left; two are needed. Check the target, or drop fewer rows.");
        }

        return new PreparedTable(table, [.. kept.Select(row => withTarget[row] + 1)], labels, PositiveClass(data, labels), file.RowCount, file.RowCount - withTarget.Length) { Notes = file.Notes };
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
            data.Target,
            Labels.Classes.Length == 2 ? Labels.Classes[Positive] : null,
            [.. Labels.Classes.Select((label, i) => ClassOf(label, Labels.Codes.Count(code => code == i)))],
            [.. Table.Columns.Select(column => Describe(column, data))],
            splits.Method,
            splits.TrainRows,
            splits.TestRows);
    }

    ClassSection ClassOf(string label, int rows) => new(label, rows, (double)rows / Table.RowCount);

    static ColumnSection Describe(Column column, DataSpec data) => new(
        column.Name,
        column.Kind.ToString().ToLowerInvariant(),
        column.Name == data.Target ? "target" : data.Exclude.Contains(column.Name) ? "excluded" : "feature",
        column.MissingCount,
        ClassLabels.Of(column).Classes.Length);

    static int PositiveClass(DataSpec data, ClassLabels labels)
    {
        if (data.Positive is not { } positive)
        {
            return labels.Classes.Length - 1;
        }

        var index = labels.Classes.IndexOf(positive);
        return index >= 0 ? index : throw new UserErrorException(
            $"{data.Path}: '{data.Target}' never is '{positive}', named as its positive class.{NearestName.Hint(positive, labels.Classes)} It is one of: {string.Join(", ", labels.Classes)}.");
    }
}
