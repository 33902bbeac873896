using System.Collections.Immutable;
using System.Globalization;
using Assay.Data;

namespace Assay.Scoring;

/// <summary>Predictions that were stored in a table. A row that misses a value in one of the columns is excluded.</summary>
public static class StoredPredictions
{
    const int MostClasses = 20;

    /// <summary>Whether the columns look like a regression: both are numbers, and not whole ones of at most 20 values; a score or probabilities say no.</summary>
    public static bool IsRegression(Table table, PredictionColumns columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        var (truth, prediction) = (table[columns.Truth], table[columns.Prediction]);
        return columns.Score is null && columns.Probabilities.IsEmpty && columns.Positive is null
            && truth.IsNumeric && prediction.IsNumeric && truth.Kind != ColumnKind.Boolean
            && (truth.Kind == ColumnKind.Number || prediction.Kind == ColumnKind.Number || ClassLabels.Of(truth).Classes.Length > MostClasses);
    }

    /// <summary>The rows that have a value in every column that is named.</summary>
    public static int[] Rows(Table table, PredictionColumns columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        Column[] used = [.. new[] { columns.Truth, columns.Prediction, columns.Score, columns.Weights }.OfType<string>().Concat(columns.Probabilities).Select(name => table[name])];
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => used.All(column => !column.IsMissing(row)))];
        return rows.Length > 0 ? rows : throw new UserErrorException(
            $"No row has a value in all of {string.Join(", ", used.Select(column => $"'{column.Name}'"))}. Expected at least one. Fill them, or name other columns.");
    }

    /// <summary>As numbers.</summary>
    /// <exception cref="UserErrorException">A column is absent or holds no numbers, a weight is negative, or no row is complete.</exception>
    public static NumberPredictions Numbers(Table table, PredictionColumns columns)
    {
        var rows = Rows(table, columns);
        return new NumberPredictions
        {
            Truth = Values(table, columns.Truth, rows),
            Predicted = Values(table, columns.Prediction, rows),
            Weights = columns.Weights is { } weights ? Values(table, weights, rows) : null,
            Excluded = table.RowCount - rows.Length,
        };
    }

    /// <summary>As classes.</summary>
    /// <exception cref="UserErrorException">A column is absent or of the wrong kind, the probabilities do not match the classes, or no row is complete.</exception>
    public static ClassPredictions Classes(Table table, PredictionColumns columns)
    {
        var rows = Rows(table, columns);
        var (truth, prediction) = (table[columns.Truth].Select(rows), table[columns.Prediction].Select(rows));
        var classes = ClassNames(truth, prediction, columns);
        var positive = columns.Positive is { } name ? classes.IndexOf(name) : classes.Length - 1;
        if (positive < 0)
        {
            throw new UserErrorException($"--positive: there is no class '{columns.Positive}'.{NearestName.Hint(columns.Positive!, classes)} The classes are: {string.Join(", ", classes)}.");
        }

        if (columns.Score is not null && classes.Length != 2)
        {
            throw new UserErrorException($"--score {columns.Score}: found {classes.Length} classes. One score ranks two classes. Give --probabilities, a column per class.");
        }

        var index = classes.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        return new ClassPredictions
        {
            Classes = classes,
            Positive = positive,
            Truth = Codes(truth, index),
            Assigned = Codes(prediction, index),
            Probabilities = Probabilities(table, columns, rows, classes, positive),
            Scores = columns.Score is { } score ? Values(table, score, rows) : null,
            Weights = columns.Weights is { } weights ? Values(table, weights, rows) : null,
            Excluded = table.RowCount - rows.Length,
        };
    }

    static ImmutableArray<string> ClassNames(Column truth, Column prediction, PredictionColumns columns)
    {
        var found = ClassLabels.Of(truth).Classes.Union(ClassLabels.Of(prediction).Classes, StringComparer.Ordinal);
        ImmutableArray<string> classes = truth.IsNumeric && prediction.IsNumeric && truth.Kind != ColumnKind.Boolean
            ? [.. found.OrderBy(text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)]
            : [.. found.Order(StringComparer.Ordinal)];
        if (classes.All(columns.Probabilities.Contains) && columns.Probabilities.Length > 1)
        {
            return columns.Probabilities;
        }

        // All rows of one class: the other one of a two-class problem has no name in the data.
        return classes.Length == 1 && (columns.Score is not null || columns.Probabilities.Length == 1)
            ? columns.Positive is { } positive && positive != classes[0] ? [classes[0], positive] : [$"not {classes[0]}", classes[0]]
            : classes;
    }

    static float[] Probabilities(Table table, PredictionColumns columns, int[] rows, ImmutableArray<string> classes, int positive)
    {
        var given = columns.Probabilities;
        if (given.IsEmpty)
        {
            return [];
        }

        if (given.Length != classes.Length && !(given.Length == 1 && classes.Length == 2))
        {
            throw new UserErrorException(
                $"--probabilities: found {given.Length} {(given.Length == 1 ? "column" : "columns")}, expected one per class: {string.Join(", ", classes)}; or one, of the positive class of two.");
        }

        var values = given.Select(name => Values(table, name, rows)).ToArray();
        var probabilities = new float[rows.Length * classes.Length];
        if (RankedClasses(table, given) is { } ranked)
        {
            Permute(values, [.. ranked.Select(column => Codes(column.Select(rows), classes.Index().ToDictionary(item => item.Item, item => item.Index)))], probabilities);
            return probabilities;
        }

        for (var row = 0; row < rows.Length; row++)
        {
            for (var label = 0; label < classes.Length; label++)
            {
                probabilities[(row * classes.Length) + label] = (float)(
                    given.Length == classes.Length ? values[label][row] : label == positive ? values[0][row] : 1 - values[0][row]);
            }
        }

        return probabilities;
    }

    // ML.NET writes the classes of each row by falling probability: '#1 Score' is of the class that '#1 Class' names.
    static Column[]? RankedClasses(Table table, ImmutableArray<string> given)
    {
        const string Score = " Score";
        var names = given.Where(name => name.StartsWith('#') && name.EndsWith(Score, StringComparison.Ordinal)).Select(name => table.Find(name[..^Score.Length] + " Class")).OfType<Column>().ToArray();
        return names.Length == given.Length && given.Length > 1 ? names : null;
    }

    static void Permute(double[][] values, int[][] classes, float[] probabilities)
    {
        for (var place = 0; place < values.Length; place++)
        {
            for (var row = 0; row < values[place].Length; row++)
            {
                probabilities[(row * values.Length) + classes[place][row]] = (float)values[place][row];
            }
        }
    }

    static int[] Codes(Column column, Dictionary<string, int> index)
    {
        var codes = new int[column.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = column.Text(row) is { } text && index.TryGetValue(text, out var code)
                ? code
                : throw new UserErrorException($"Column '{column.Name}' names the class '{column.Text(row)}'. The classes are: {string.Join(", ", index.Keys)}. Correct the cell.");
        }

        return codes;
    }

    static double[] Values(Table table, string name, int[] rows) => table[name] is NumericColumn column
        ? Array.ConvertAll(rows, row => column.Values[row])
        : throw new UserErrorException($"Column '{name}' holds texts. Expected numbers. Correct the cells, or name another column.");
}
