using System.Text.RegularExpressions;
using Assay.Tasks.Templates;

namespace Assay.Tasks.Functions;

/// <summary>Query, choices and gold of HellaSwag from its raw columns. Rule: lm-evaluation-harness, hellaswag.</summary>
static partial class Hellaswag
{
    public static Document Process(Document document)
    {
        var scene = PythonText.Str(document["ctx_b"]);
        var context = $"{PythonText.Str(document["ctx_a"])} {StringMethods.Capitalize(scene)}";
        var endings = document["endings"] as IReadOnlyList<object?> ?? throw new UserErrorException($"{document.Location}: 'endings' is no list of texts, which hellaswag needs.");
        return document.With(
            ("query", Clean($"{PythonText.Str(document["activity_label"])}: {context}")),
            ("choices", endings.Select(ending => (object?)Clean(PythonText.Str(ending))).ToList()),
            ("gold", PythonText.Str(document["label"]) is { Length: > 0 } label && long.TryParse(label, out var gold) ? gold : null));
    }

    // The brackets are left over from the WikiHow part of the data set.
    static string Clean(string text) =>
        Brackets().Replace(PythonString.Trim(text, null).Replace(" [title]", ". ", StringComparison.Ordinal), "").Replace("  ", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"\[.*?\]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();
}
