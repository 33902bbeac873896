using System.Security.Cryptography;
using System.Text;
using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Models;

/// <summary>Answers with the stored outputs of a model. Holds the outputs and their places in memory, nothing else of the rows.</summary>
public sealed class ReplayModel : IModel
{
    readonly ReplayOptions _options;
    readonly List<Row> _rows = [];
    readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    int[] _asked = [];

    // Of lm-evaluation-harness' samples: where the row of each doc_id is.
    Dictionary<long, int>? _places;

    ReplayModel(ReplayOptions options)
    {
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Rows in the file.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Rows that no request has asked for so far: after a whole run anything but 0 means that file and task do not match.</summary>
    public int UnusedRows => _asked.Count(asked => asked == 0);

    /// <summary>Reads the file.</summary>
    /// <exception cref="UserErrorException">The file or the template is wrong, an id is missing or stands twice, or no row has the output.</exception>
    public static async Task<ReplayModel> LoadAsync(ReplayOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var model = new ReplayModel(options);
        var output = Template.Parse(options.Output, "replay output");
        UserErrorException? problem = null;
        await foreach (var document in DocumentReader.ReadAsync(options.Path, null, cancellationToken))
        {
            if (model.IsFirstOfSample(document, ref output))
            {
                model.Add(document, output, ref problem);
            }
        }

        // A row without an output is one failed answer; no row with one is a template that does not fit the file.
        if (problem is not null && model._rows.TrueForAll(row => row.Texts is null))
        {
            throw problem;
        }

        model._asked = new int[model._rows.Count];
        return model;
    }

    /// <inheritdoc/>
    public ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Answer(request));
    }

    Response Answer(Request request)
    {
        var at = _options.Id is null && _places is null
            ? (request.Position < _rows.Count ? (int)request.Position : -1)
            : _places is not null ? _places.GetValueOrDefault(request.Position, -1)
            : _byId.GetValueOrDefault(request.SampleId, -1);
        if (at < 0)
        {
            return Failed(_options.Id is null
                ? $"{_options.Path} has {_rows.Count} rows and none for position {request.Position}"
                : $"{_options.Path} has no row whose '{_options.Id}' is '{request.SampleId}'");
        }

        Volatile.Write(ref _asked[at], 1);
        var row = _rows[at];
        if (_options.Check is { } column && !Matches(row, request.Document, column))
        {
            return Failed($"{row.Location}: the column '{column}' differs from that of the sample at {request.Document?.Location ?? "no document"}");
        }

        return row.Texts is null ? Failed($"{row.Location}: {row.Problem}")
            : request.Attempt < row.Texts.Length ? new Response(row.Texts[request.Attempt], Outcome.Ok)
            : Failed($"{row.Location}: there are {row.Texts.Length} outputs, and the task asks for answer {request.Attempt + 1}");
    }

    // The harness writes a line a sample and filter; the responses are the same in all lines of one sample.
    bool IsFirstOfSample(Document document, ref Template output)
    {
        if (_options is not { Output: ReplayOptions.DefaultOutput, Id: null } || document.Columns.ContainsKey("output") || !document.Columns.ContainsKey("resps")
            || document.Columns.GetValueOrDefault("doc_id") is not long place)
        {
            return true;
        }

        if (_places is null)
        {
            (_places, output) = ([], Template.Parse("{{ resps[0] }}", "samples of lm-evaluation-harness"));
        }

        return _places.TryAdd(place, _rows.Count);
    }

    void Add(Document document, Template output, ref UserErrorException? problem)
    {
        if (_options.Id is { } column && !_byId.TryAdd(PythonText.Str(document[column]), _rows.Count))
        {
            var id = PythonText.Str(document[column]);
            throw new UserErrorException(
                $"{document.Location}: the '{column}' '{id}' stands at {_rows[_byId[id]].Location} too. Each sample needs one output; remove one of the rows.");
        }

        string[]? texts = null;
        string? reason;
        try
        {
            var values = new Dictionary<string, object?>(document.Columns, StringComparer.Ordinal);
            values.TryAdd("row", document.Columns);
            texts = output.Evaluate(values) switch
            {
                null => null,
                IReadOnlyList<object?> several when several.All(one => one is string) => [.. several.Cast<string>()],
                var value => [PythonText.Str(value)],
            };
            reason = texts is null ? "the output is null" : null;
        }
        catch (UserErrorException missing)
        {
            reason = missing.Message;
            problem ??= new UserErrorException($"{document.Location}: {missing.Message}", missing);
        }

        _rows.Add(new Row(texts, reason, document.Location, _options.Check is { } check ? Digest(document[check]) : default));
    }

    static bool Matches(Row row, Document? document, string column) =>
        document is not null && document.Columns.TryGetValue(column, out var value) && row.Check == Digest(value);

    static UInt128 Digest(object? value) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(PythonText.Repr(value))));

    static Response Failed(string reason) => new(null, Outcome.Error, reason);

    readonly record struct Row(string[]? Texts, string? Problem, string Location, UInt128 Check);
}
