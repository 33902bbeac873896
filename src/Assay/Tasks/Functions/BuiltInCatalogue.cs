using System.Collections.Frozen;

namespace Assay.Tasks.Functions;

/// <summary>
/// The Python functions of lm-evaluation-harness' task files that are built in, by the fingerprint of their source: a function that was
/// changed is another function. One more is a line here and a method.
/// </summary>
static class BuiltInCatalogue
{
    static readonly FrozenDictionary<string, BuiltIn> _functions = new Dictionary<string, BuiltIn>
    {
        // hellaswag/utils.py: process_docs
        ["HELLASWAG"] = new ProcessBuiltIn(Hellaswag.Process),

        // winogrande/preprocess_winogrande.py: doc_to_text, doc_to_target, doc_to_choice
        ["WINO_TEXT"] = new FieldBuiltIn(Winogrande.Text),
        ["WINO_TARGET"] = new FieldBuiltIn(Winogrande.Target),
        ["WINO_CHOICE"] = new FieldBuiltIn(Winogrande.Choices),

        // truthfulqa/utils.py: process_results_mc2
        ["MC2"] = new ResultBuiltIn(TruthfulQa.Mc2),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The built-in for a function of a module; null when there is none.</summary>
    public static BuiltIn? Find(PythonModule module, string function)
    {
        if (ColumnFilter.Find(module, function) is { } filter)
        {
            return filter;
        }

        return module.Fingerprint(function) is { } print ? _functions.GetValueOrDefault(print) : null;
    }
}
