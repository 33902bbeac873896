using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Assay.Data.Profiling;

/// <summary>How often each mark such as '?' stood for a missing value. Reads the file once more.</summary>
public static class MissingMarkScan
{
    const int BatchRows = 50_000;

    /// <summary>Counts per column and mark, of columns that have any; a cell without any letter is no mark.</summary>
    /// <param name="path">A file that was read before.</param>
    /// <param name="columns">Columns to look at: those with missing values.</param>
    /// <param name="options">As it was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public static ImmutableArray<(string Column, string Mark, long Count)> Count(string path, IReadOnlyCollection<string> columns, ReadOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(columns);
        options ??= new ReadOptions();
        var marks = (options.MissingMarks ?? ReadOptions.CsvMarks).Where(mark => mark.Length > 0).ToArray();
        var names = TableReader.ReadNames(path, options);
        var raw = options with { MissingMarks = [""], Types = names.ToDictionary(name => name, _ => ColumnType.Text) };
        var counts = new Dictionary<(string, string), long>();
        foreach (var batch in TableReader.Batches(path, BatchRows, raw, cancellationToken))
        {
            foreach (var name in columns)
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    if (batch[name].Text(row) is { Length: <= 4 } text && marks.Contains(text))
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(counts, (name, text), out _)++;
                    }
                }
            }
        }

        return [.. counts.Select(pair => (pair.Key.Item1, pair.Key.Item2, pair.Value))];
    }
}
