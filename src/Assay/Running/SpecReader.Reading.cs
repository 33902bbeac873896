using Assay.Data;

namespace Assay.Running;

public sealed partial class SpecReader
{
    static readonly Dictionary<string, ColumnType> _types = new(StringComparer.Ordinal)
    {
        ["float32"] = ColumnType.Float32,
        ["float64"] = ColumnType.Float64,
        ["int64"] = ColumnType.Int64,
        ["bool"] = ColumnType.Boolean,
        ["date"] = ColumnType.Date,
        ["category"] = ColumnType.Category,
        ["text"] = ColumnType.Text,
    };

    // How the file of 'data' is read.
    static ReadOptions ReadReading(IReadOnlyDictionary<string, SpecNode> map) => new()
    {
        MissingMarks = map.TryGetValue("missing", out var missing) ? missing.Texts().Add("") : null,
        Delimiter = map.TryGetValue("delimiter", out var delimiter) ? (delimiter.Text() is { Length: 1 } one ? one[0] : BadDelimiter(delimiter)) : null,
        Format = map.GetValueOrDefault("format")?.Choice("csv", "json")?.Name switch
        {
            "csv" => TableFormat.Csv,
            "json" => TableFormat.Json,
            _ => null,
        },
        Encoding = map.GetValueOrDefault("encoding")?.Text(),
        Header = map.GetValueOrDefault("header")?.Truth(),
        Types = map.TryGetValue("types", out var types) ? ReadTypes(types) : null,
        OnBadRow = map.GetValueOrDefault("on_bad_row")?.Choice("fail", "skip", "fill")?.Name switch
        {
            "skip" => OnBadRow.Skip,
            "fill" => OnBadRow.Fill,
            _ => OnBadRow.Fail,
        },
        Threads = 0,
    };

    static Dictionary<string, ColumnType> ReadTypes(SpecNode node)
    {
        var types = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        foreach (var (column, type) in node.NamedMap())
        {
            if (type.Choice([.. _types.Keys]) is (var name, null))
            {
                types.Add(column, _types[name]);
            }
        }

        return types;
    }

    static char? BadDelimiter(SpecNode node)
    {
        node.Problem("'data.delimiter' must be one character, e.g. ';'.");
        return null;
    }
}
