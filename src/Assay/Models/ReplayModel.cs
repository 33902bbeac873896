using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Models;

/// <summary>Answers with the stored outputs of a model. Holds the outputs and their places in memory, nothing else of the rows.</summary>
public sealed class ReplayModel : IModel
{
    readonly ReplayOptions _options;
    readonly PackedTexts _texts = new();
    readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);

    // Row by row: the first of its texts, its place in the file, and what was checked; the rows without a text are few or the file is refused.
    readonly List<int> _firstTexts = [];
    readonly List<int> _lines = [];
    readonly List<UInt128> _checks = [];
    readonly Dictionary<int, string> _problems = [];
    bool[] _asked = [];

    // Of lm-evaluation-harness' samples: where the row of each doc_id is.
    Dictionary<long, int>? _places;

    ReplayModel(ReplayOptions options)
    {
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Rows in the file.</summary>
    public int RowCount => _lines.Count;

    /// <summary>Rows that no request has asked for so far: after a whole run anything but 0 means that file and task do not match.</summary>
    public int UnusedRows => _asked.AsSpan().Count(false);

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
        if (problem is not null && model._problems.Count == model.RowCount)
        {
            throw problem;
        }

        model._asked = new bool[model.RowCount];
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
            ? (request.Position < RowCount ? (int)request.Position : -1)
            : _places is not null ? _places.GetValueOrDefault(request.Position, -1)
            : _byId.GetValueOrDefault(request.SampleId, -1);
        if (at < 0)
        {
            return Failed(_options.Id is null
                ? $"{_options.Path} has {RowCount} rows and none for position {request.Position}"
                : $"{_options.Path} has no row whose '{_options.Id}' is '{request.SampleId}'");
        }

        Volatile.Write(ref _asked[at], true);
        if (_options.Check is { } column && !(request.Document is { } document && document.Columns.TryGetValue(column, out var value) && _checks[at] == Digest(value)))
        {
            return Failed($"{LocationOf(at)}: the column '{column}' differs from that of the sample at {request.Document?.Location ?? "no document"}");
        }

        var texts = (at + 1 < RowCount ? _firstTexts[at + 1] : _texts.Count) - _firstTexts[at];
        return _problems.TryGetValue(at, out var problem) ? Failed($"{LocationOf(at)}: {problem}")
            : request.Attempt < texts ? new Response(_texts[_firstTexts[at] + request.Attempt], Outcome.Ok)
            : Failed($"{LocationOf(at)}: there are {texts} outputs, and the task asks for answer {request.Attempt + 1}");
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

        return _places.TryAdd(place, RowCount);
    }

    void Add(Document document, Template output, ref UserErrorException? problem)
    {
        if (_options.Id is { } column && !_byId.TryAdd(PythonText.Str(document[column]), RowCount))
        {
            var id = PythonText.Str(document[column]);
            throw new UserErrorException(
                $"{document.Location}: the '{column}' '{id}' stands at {LocationOf(_byId[id])} too. Each sample needs one output; remove one of the rows.");
        }

        string[]? texts = null;
        string? reason;
        try
        {
            texts = output.Evaluate(new RowValues(document.Columns)) switch
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

        Keep(document, texts, reason);
    }

    void Keep(Document document, string[]? texts, string? problem)
    {
        if (texts is null)
        {
            _problems[RowCount] = problem!;
        }

        if (_options.Check is { } check)
        {
            _checks.Add(Digest(document[check]));
        }

        _firstTexts.Add(_texts.Count);
        _lines.Add(PlaceOf(document.Location));
        foreach (var text in texts ?? [])
        {
            _texts.Add(text);
        }
    }

    // 'path:12' or 'path[12]', as readers of rows write it: the path is the same for all.
    int PlaceOf(string location)
    {
        var digits = location.AsSpan(Math.Min(location.Length, _options.Path.Length + 1)).TrimEnd(']');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && location[^1] == ']' ? ~number : number;
    }

    string LocationOf(int row) => _lines[row] < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{_options.Path}[{~_lines[row]}]")
        : string.Create(CultureInfo.InvariantCulture, $"{_options.Path}:{_lines[row]}");

    static UInt128 Digest(object? value) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(PythonText.Repr(value))));

    static Response Failed(string reason) => new(null, Outcome.Error, reason);
}
