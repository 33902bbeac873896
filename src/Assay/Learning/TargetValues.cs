using System.Collections.Immutable;
using Assay.Data;

namespace Assay.Learning;

// What the target columns of some rows hold: classes of one column, or numbers of one or more.
sealed record TargetValues(TargetKind Kind, ImmutableArray<string> Columns)
{
    // More different whole numbers than these are amounts, not names.
    const int MostClasses = 20;

    // Empty for numbers.
    public ImmutableArray<string> Classes { get; init; } = [];

    // The class of each row, -1 where it is missing; empty for numbers.
    public int[] Codes { get; init; } = [];

    // One array per column, one number per row; empty for classes.
    public ImmutableArray<double[]> Numbers { get; init; } = [];

    public int Rows => Kind == TargetKind.Classes ? Codes.Length : Numbers[0].Length;

    public TargetShape Shape => new(Kind, Kind == TargetKind.Classes ? Classes.Length : Columns.Length);

    // The rule of TrainingOptions.TargetKind.
    public static TargetKind KindOf(Table table, ImmutableArray<string> columns, TargetKind? wanted)
    {
        if (wanted is { } kind)
        {
            return kind;
        }

        var target = table[columns[0]];
        return columns.Length > 1 || (target.IsNumeric && target.Kind != ColumnKind.Boolean && IsAmount((NumericColumn)target)) ? TargetKind.Numbers : TargetKind.Classes;
    }

    public static TargetValues Of(Table table, TrainingOptions options)
    {
        var kind = KindOf(table, options.Targets, options.TargetKind);
        if (kind == TargetKind.Numbers)
        {
            return new TargetValues(kind, options.Targets) { Numbers = [.. options.Targets.Select(name => NumbersOf(table[name]))] };
        }

        if (options.Targets.Length > 1)
        {
            throw new UserErrorException($"The targets {string.Join(", ", options.Targets.Select(name => $"'{name}'"))} are to be classes. Several targets must be numbers. Name one, or take target_kind out.");
        }

        var found = ClassLabels.Of(table[options.Target]);
        return new TargetValues(kind, options.Targets) { Classes = found.Classes, Codes = found.Codes };
    }

    // As a model learns them.
    public float[] ToExamples(ImmutableArray<TargetScale> scales)
    {
        if (Kind == TargetKind.Classes)
        {
            return Array.ConvertAll(Codes, code => (float)code);
        }

        var width = Columns.Length;
        var values = new float[Rows * width];
        for (var column = 0; column < width; column++)
        {
            var scale = scales.IsDefaultOrEmpty ? TargetScale.None : scales[column];
            for (var row = 0; row < Rows; row++)
            {
                values[(row * width) + column] = (float)scale.Apply(Numbers[column][row]);
            }
        }

        return values;
    }

    // The codes in the order of these classes.
    public TargetValues WithClasses(ImmutableArray<string> wanted)
    {
        if (Kind == TargetKind.Numbers || wanted.IsDefaultOrEmpty)
        {
            return this;
        }

        if (Classes.FirstOrDefault(name => !wanted.Contains(name)) is { } stranger)
        {
            throw new UserErrorException($"Target '{Columns[0]}' holds '{stranger}'. The classes are: {string.Join(", ", wanted)}. Add it, or leave those rows out.");
        }

        var codes = Classes.Select(wanted.IndexOf).ToArray();
        return this with { Classes = wanted, Codes = Array.ConvertAll(Codes, code => code < 0 ? -1 : codes[code]) };
    }

    static bool IsAmount(NumericColumn column)
    {
        var distinct = new HashSet<double>();
        for (var row = 0; row < column.Length; row++)
        {
            var value = column.Number(row);
            if (!double.IsNaN(value) && (!double.IsInteger(value) || (distinct.Add(value) && distinct.Count > MostClasses)))
            {
                return true;
            }
        }

        return false;
    }

    static double[] NumbersOf(Column column)
    {
        if (!column.IsNumeric)
        {
            throw new UserErrorException($"Target '{column.Name}' holds {column.Kind.ToString().ToLowerInvariant()} values. A target of numbers was expected. Name a column of numbers, or set target_kind to classes.");
        }

        var values = new double[column.Length];
        column.CopyNumbers(0, values);
        return values;
    }
}
