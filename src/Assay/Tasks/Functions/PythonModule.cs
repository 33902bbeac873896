using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Tasks.Functions;

/// <summary>The text of a Python file beside a task file: its functions are recognised, never run.</summary>
sealed partial class PythonModule
{
    readonly OrderedDictionary<string, string> _functions = new(StringComparer.Ordinal);

    /// <summary>A module of this text.</summary>
    public PythonModule(string text)
    {
        Text = text.ReplaceLineEndings("\n");
        string? name = null;
        var body = new List<string>();
        foreach (var line in Text.Split('\n'))
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] is not (')' or '#'))
            {
                Keep(name, body);
                name = Definition().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
                body.Clear();
            }

            // Comments and empty lines change nothing.
            if (name is not null && line.Trim() is { Length: > 0 } code && code[0] != '#')
            {
                body.Add(line.TrimEnd());
            }
        }

        Keep(name, body);
    }

    /// <summary>The whole file.</summary>
    public string Text { get; }

    /// <summary>The lines of a function from its <c>def</c> on, without comments; null when the module defines none of that name.</summary>
    public string? Source(string function) => _functions.GetValueOrDefault(function);

    /// <summary>The first 16 hexadecimal digits of SHA-256 over a function and those of its module that it calls, in the order they are first named.</summary>
    public string? Fingerprint(string function)
    {
        var sources = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        Collect(function, sources);
        return sources.Count == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sources.Values))))[..16];
    }

    void Collect(string function, OrderedDictionary<string, string> sources)
    {
        if (!_functions.TryGetValue(function, out var source) || !sources.TryAdd(function, source))
        {
            return;
        }

        foreach (Match name in Name().Matches(source))
        {
            Collect(name.Value, sources);
        }
    }

    void Keep(string? name, List<string> body)
    {
        if (name is not null)
        {
            _functions[name] = string.Join('\n', body);
        }
    }

    [GeneratedRegex(@"^def\s+(\w+)\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
