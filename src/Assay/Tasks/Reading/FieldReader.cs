using System.Collections.Immutable;
using Assay.Tasks.Templates;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary>Takes typed values out of the entries of one mapping; what does not fit is a problem and reads as absent.</summary>
sealed class FieldReader(IReadOnlyDictionary<string, YamlEntry> entries, ICollection<TaskProblem> problems)
{
    public ICollection<TaskProblem> Problems => problems;

    /// <summary>The entry, null when it is absent or null.</summary>
    public YamlEntry? Find(string key) => entries.TryGetValue(key, out var entry) && entry.Resolved is not null ? entry : null;

    public string? Text(string key) => Take(key, value => value as string, "a text");

    /// <summary>A text; a number or a boolean as Python writes it.</summary>
    public string? Scalar(string key) =>
        Take(key, value => value is IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> ? null : PythonText.Str(value), "a text");

    public bool Flag(string key, bool absent) => Find(key) is null ? absent : Take(key, value => value is bool flag ? flag : (bool?)null, "true or false") ?? absent;

    public long? Integer(string key, long low) =>
        Take(key, value => value is long number && number >= low ? number : (long?)null, $"a whole number of at least {low}");

    public double? Real(string key) => Take(
        key, value => value is not bool && PythonNumber.TryDouble(value, out var number) ? number : (double?)null, "a number");

    /// <summary>A list of texts, or one text; null when absent.</summary>
    public ImmutableArray<string>? Texts(string key) => Take(key, AsTexts, "a text or a list of texts");

    /// <summary>The mappings of a list, each with the entry that stands for the list item.</summary>
    public IEnumerable<(YamlEntry Item, FieldReader Fields)> Mappings(string key)
    {
        if (Find(key) is not { } entry)
        {
            yield break;
        }

        if (entry.Value is not YamlSequenceNode list)
        {
            problems.Add(entry.Expected("a list of mappings"));
            yield break;
        }

        foreach (var node in list)
        {
            var item = new YamlEntry(key, node, entry.File, YamlValues.Line(node));
            if (Of(item, problems) is { } fields)
            {
                yield return (item, fields);
            }
        }
    }

    /// <summary>The fields of a mapping; null when absent.</summary>
    public FieldReader? Mapping(string key) => Find(key) is { } entry ? Of(entry, problems) : null;

    /// <summary>Reports the keys that are none of these.</summary>
    public void Allow(string owner, params string[] known)
    {
        foreach (var entry in entries.Values.Where(entry => !known.Contains(entry.Key)))
        {
            problems.Add(entry.Problem($"{owner} has no '{entry.Key}' that is supported.{NearestName.Hint(entry.Key, known)} Supported: {string.Join(", ", known)}."));
        }
    }

    static FieldReader? Of(YamlEntry entry, ICollection<TaskProblem> problems)
    {
        if (entry.Value is not YamlMappingNode mapping)
        {
            problems.Add(entry.Expected("a mapping of keys to values"));
            return null;
        }

        // Of a merged key and the mapping's own the last counts.
        var fields = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var field in YamlEntry.Of(mapping, entry.File))
        {
            fields[field.Key] = field;
        }

        return new FieldReader(fields, problems);
    }

    static ImmutableArray<string>? AsTexts(object? value) => value switch
    {
        string text => [text],
        IReadOnlyList<object?> items when items.All(item => item is string) => [.. items.Cast<string>()],
        _ => null,
    };

    T? Take<T>(string key, Func<object?, T?> read, string expected)
    {
        if (Find(key) is not { } entry)
        {
            return default;
        }

        if (read(entry.Resolved) is { } value)
        {
            return value;
        }

        problems.Add(entry.Expected(expected));
        return default;
    }
}
