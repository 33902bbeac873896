using System.Text.RegularExpressions;
using Assay.Tasks.Templates;

namespace Assay.Tasks.Functions;

/// <summary>
/// Functions that keep the rows whose column has a value: written out, as <c>partial</c> of another, or as one <c>partial</c> for each of
/// a list of values. The only function of 3,018 tasks of lm-evaluation-harness.
/// </summary>
static partial class ColumnFilter
{
    /// <summary>The filter, or null when the function is none.</summary>
    public static ProcessBuiltIn? Find(PythonModule module, string function)
    {
        if (module.Source(function) is { } source)
        {
            return Whole().Match(source) is { Success: true } match && match.Groups["literal"].Success
                ? Keep(match.Groups["column"].Value, match.Groups["literal"].Value)
                : null;
        }

        var value = OfPartial(module.Text, function) ?? OfList(module.Text, function);
        return value is { } found && module.Source(found.Function) is { } original
            && Whole().Match(original) is { Success: true } general && general.Groups["variable"].Success
            && general.Groups["variable"].Value == found.Parameter && general.Groups["parameter"].Value == found.Parameter
                ? Keep(general.Groups["column"].Value, found.Value)
                : null;
    }

    static ProcessBuiltIn Keep(string column, string value) =>
        new(document => PythonValue.AreEqual(document[column], value) ? document : null);

    static (string Function, string Parameter, string Value)? OfPartial(string text, string function)
    {
        var match = Partial().Matches(text).FirstOrDefault(match => match.Groups["name"].Value == function);
        return match is null ? null : (match.Groups["function"].Value, match.Groups["parameter"].Value, match.Groups["value"].Value);
    }

    // {f"process_{x.lower()}": partial(process_docs, subject=x) for x in SUBJECTS}
    static (string Function, string Parameter, string Value)? OfList(string text, string function)
    {
        foreach (Match match in Comprehension().Matches(text))
        {
            var variable = match.Groups["variable"].Value;
            if (match.Groups["argument"].Value != variable || Values(text, match.Groups["list"].Value) is not { } values)
            {
                continue;
            }

            var name = Template.Parse(match.Groups["before"].Value + "{{" + match.Groups["expression"].Value + "}}" + match.Groups["after"].Value);
            if (values.FirstOrDefault(value => name.Render(new Dictionary<string, object?> { [variable] = value }) == function) is { } found)
            {
                return (match.Groups["function"].Value, match.Groups["parameter"].Value, found);
            }
        }

        return null;
    }

    static IReadOnlyList<string>? Values(string text, string list)
    {
        var match = Regex.Match(text, $@"^{Regex.Escape(list)}\s*=\s*(\[[^\]]*\])", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        return match.Success && PythonLiteral.TryParse(match.Groups[1].Value, out var value) && value is IReadOnlyList<object?> items && items.All(item => item is string)
            ? [.. items.Cast<string>()]
            : null;
    }

    [GeneratedRegex(
        """^def\s+\w+\(\s*dataset(?::[^,)]*)?(?:\s*,\s*(?<parameter>\w+)(?::[^,)]*)?)?\s*\)(?:\s*->[^:]*)?:\s*return\s+dataset\.filter\(\s*lambda\s+(?<x>\w+)\s*:\s*\k<x>\[["'](?<column>[^"']+)["']\]\s*==\s*(?:["'](?<literal>[^"']*)["']|(?<variable>\w+))\s*\)\s*$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex("""^(?<name>\w+)\s*=\s*partial\(\s*(?<function>\w+)\s*,\s*(?<parameter>\w+)\s*=\s*["'](?<value>[^"']*)["']\s*,?\s*\)""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Partial();

    [GeneratedRegex(
        """f["'](?<before>[^"'{}]*)\{(?<expression>[^{}]+)\}(?<after>[^"'{}]*)["']\s*:\s*partial\(\s*(?<function>\w+)\s*,\s*(?<parameter>\w+)\s*=\s*(?<argument>\w+)\s*,?\s*\)\s*for\s+(?<variable>\w+)\s+in\s+(?<list>\w+)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Comprehension();
}
