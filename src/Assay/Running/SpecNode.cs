using System.Collections.Immutable;
using System.Globalization;
using Assay.Learning.Tuning;
using YamlDotNet.RepresentationModel;

namespace Assay.Running;

/// <summary>
/// A place in the YAML of a spec. Reading from it never throws: what does not fit becomes a problem with its line, and the caller
/// gets null and goes on, so that one reading finds all mistakes.
/// </summary>
sealed class SpecNode(YamlNode node, string path, Action<int, string> problem)
{
    public string Path => path;

    public int Line => (int)node.Start.Line;

    public int LastLine => Math.Max(Line, (int)node.End.Line);

    public bool IsScalar => node is YamlScalarNode;

    public bool IsList => node is YamlSequenceNode;

    public bool IsMap => node is YamlMappingNode;

    public void Problem(string message) => problem(Line, message);

    /// <summary>The entries of a mapping; a key that is not known is a problem.</summary>
    public IReadOnlyDictionary<string, SpecNode> Map(params ReadOnlySpan<string> known)
    {
        var entries = Entries();
        foreach (var (key, value) in entries)
        {
            if (!known.Contains(key))
            {
                var names = known.ToArray();
                problem(value.KeyLine, $"{Prefix}unknown key '{key}'.{NearestName.Hint(key, names)} Known here: {string.Join(", ", names)}.");
            }
        }

        return entries.ToDictionary(entry => entry.Key, entry => entry.Value.Node, StringComparer.Ordinal);
    }

    /// <summary>The entries of a mapping whose keys are the user's own names.</summary>
    public IReadOnlyDictionary<string, SpecNode> NamedMap() =>
        Entries().ToDictionary(entry => entry.Key, entry => entry.Value.Node, StringComparer.Ordinal);

    /// <summary>A mapping with exactly one key, or a lone word: the choice and what it holds.</summary>
    public (string Name, SpecNode? Value)? Choice(params ReadOnlySpan<string> known)
    {
        if (node is not YamlScalarNode { Value: { } name })
        {
            var entries = Entries();
            if (entries.Count != 1)
            {
                Problem($"'{path}' must name exactly one of: {string.Join(", ", known.ToArray())}.");
                return null;
            }

            (name, var entry) = entries.Single();
            return IsKnown(name, known, entry.KeyLine) ? (name, entry.Node) : null;
        }

        return IsKnown(name, known, Line) ? (name, null) : null;
    }

    /// <summary>The items of a list; a lone value is a list of one.</summary>
    public ImmutableArray<SpecNode> Items() => node is YamlSequenceNode list
        ? [.. list.Select((item, i) => new SpecNode(item, $"{path}[{i}]", problem))]
        : [this];

    public string? Text()
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        Problem($"'{path}' must be a text.");
        return null;
    }

    /// <summary>Whether it is this one word; no problem when it is not.</summary>
    public bool Is(string word) => Scalar == word;

    public ImmutableArray<string> Texts() => [.. Items().Select(item => item.Text()).OfType<string>()];

    public double? Number(double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        if (double.TryParse(Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Problem($"'{path}' is {Found}, expected a number{Range(min, max)}.");
        return null;
    }

    /// <summary>A number where it reads as one, else a text.</summary>
    public ParameterValue? Value() => double.TryParse(Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new ParameterValue(number)
        : Text() is { } text ? new ParameterValue(text) : default(ParameterValue?);

    public int? Whole(int min, int max = int.MaxValue)
    {
        if (int.TryParse(Scalar, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Problem($"'{path}' is {Found}, expected a whole number{Range(min, max == int.MaxValue ? double.PositiveInfinity : max)}.");
        return null;
    }

    public ulong? Seed()
    {
        if (ulong.TryParse(Scalar, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Problem($"'{path}' is {Found}, expected a whole number from 0.");
        return null;
    }

    public bool? Truth()
    {
        switch (Scalar)
        {
            case "true":
                return true;
            case "false":
                return false;
            default:
                Problem($"'{path}' is {Found}, expected true or false.");
                return null;
        }
    }

    public TimeSpan? Duration()
    {
        if (Durations.TryParse(Scalar, out var value) && value > TimeSpan.Zero)
        {
            return value;
        }

        Problem($"'{path}' is {Found}, expected a time such as 50ms, 10s or 2m.");
        return null;
    }

    string? Scalar => (node as YamlScalarNode)?.Value;

    string Found => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } value } => $"'{value}'",
        YamlSequenceNode => "a list",
        YamlMappingNode => "a mapping",
        _ => "empty",
    };

    string Prefix => path.Length == 0 ? "" : $"in '{path}': ";

    static string Range(double min, double max) => (double.IsInfinity(min), double.IsInfinity(max)) switch
    {
        (true, true) => "",
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" from {min}"),
        _ => string.Create(CultureInfo.InvariantCulture, $" from {min} to {max}"),
    };

    bool IsKnown(string name, ReadOnlySpan<string> known, int line)
    {
        if (known.Contains(name))
        {
            return true;
        }

        var names = known.ToArray();
        problem(line, $"'{path}' does not know '{name}'.{NearestName.Hint(name, names)} Known here: {string.Join(", ", names)}.");
        return false;
    }

    Dictionary<string, (SpecNode Node, int KeyLine)> Entries()
    {
        var entries = new Dictionary<string, (SpecNode, int)>(StringComparer.Ordinal);
        if (node is not YamlMappingNode map)
        {
            Problem($"{(path.Length == 0 ? "the spec" : $"'{path}'")} is {Found}, expected a mapping (key: value).");
            return entries;
        }

        foreach (var (key, value) in map.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                entries[name] = (new SpecNode(value, path.Length == 0 ? name : $"{path}.{name}", problem), (int)key.Start.Line);
            }
        }

        return entries;
    }
}
