using System.Text.Json;
using Assay.Results;

namespace Assay.Web.Reporting.Samples;

/// <summary>Of every sample what lists, filters and orders need, by column; the texts are elsewhere.</summary>
sealed class SampleIndex
{
    readonly List<string> _ids = [];
    readonly OrderedDictionary<string, CodedColumn> _facets = new(StringComparer.Ordinal);
    readonly OrderedDictionary<string, CodedColumn> _tags = new(StringComparer.Ordinal);
    readonly OrderedDictionary<string, NumberColumn> _scores = new(StringComparer.Ordinal);
    readonly OrderedDictionary<string, NumberColumn> _numbers = new(StringComparer.Ordinal);

    public int Count => _ids.Count;

    public void Add(Record record)
    {
        var row = Count;
        _ids.Add(record.Id);
        Facet("stage", record.Stage, row);
        Facet("task", record.Task, row);
        Facet("model", record.Model, row);
        Facet("filter", record.Filter, row);
        Facet("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetName(record.Outcome)!), row);
        foreach (var (tag, value) in record.Tags ?? new Dictionary<string, string>())
        {
            Column(_tags, tag).Set(row, value);
        }

        foreach (var (metric, value) in record.Scores)
        {
            Column(_scores, metric).Set(row, value);
        }

        Number("seconds", record.Seconds, row);
        Number("input tokens", record.InputTokens, row);
        Number("output tokens", record.OutputTokens, row);
        Number("cost", record.Cost, row);
        Number("fold", record.Fold, row);
        Number("repeat", record.Repeat, row);
    }

    /// <summary>The blocks samples-head, samples-ids and samples-column-0, 1, ...</summary>
    public async Task WriteAsync(int chunkSize, Stream destination, CancellationToken cancellationToken)
    {
        await DataBlock.WriteAsync(destination, "samples-head", Head(chunkSize), cancellationToken);
        await DataBlock.WriteAsync(destination, "samples-ids", JsonSerializer.SerializeToUtf8Bytes(_ids, DataBlock.Json), cancellationToken);
        var columns = _facets.Values.Concat(_tags.Values).Select(column => column.Bytes(Count)).Concat(_scores.Values.Concat(_numbers.Values).Select(column => column.Bytes(Count)));
        foreach (var (place, column) in columns.Index())
        {
            await DataBlock.WriteAsync(destination, FormattableString.Invariant($"samples-column-{place}"), column, cancellationToken);
        }
    }

    byte[] Head(int chunkSize)
    {
        object[] columns =
        [
            .. _facets.Select(column => new { name = column.Key, kind = "facet", values = column.Value.Values }),
            .. _tags.Select(column => new { name = column.Key, kind = "tag", values = column.Value.Values }),
            .. _scores.Select(column => new { name = column.Key, kind = "score" }),
            .. _numbers.Select(column => new { name = column.Key, kind = "number" }),
        ];
        return JsonSerializer.SerializeToUtf8Bytes(new { count = Count, chunk = chunkSize, columns }, DataBlock.Json);
    }

    void Facet(string name, string? value, int row)
    {
        if (value is not null)
        {
            Column(_facets, name).Set(row, value);
        }
    }

    void Number(string name, double? value, int row)
    {
        if (value is { } number)
        {
            Column(_numbers, name).Set(row, number);
        }
    }

    static T Column<T>(OrderedDictionary<string, T> columns, string name)
        where T : new()
    {
        if (!columns.TryGetValue(name, out var column))
        {
            columns.Add(name, column = new T());
        }

        return column;
    }
}
