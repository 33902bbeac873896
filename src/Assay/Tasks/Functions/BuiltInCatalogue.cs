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
        ["6a3a4da2eefed115"] = new ProcessBuiltIn(Hellaswag.Process),

        // winogrande/preprocess_winogrande.py: doc_to_text, doc_to_target, doc_to_choice
        ["209f98ca866ca43f"] = new FieldBuiltIn(Winogrande.Text),
        ["e7f36e60b06fe5fb"] = new FieldBuiltIn(Winogrande.Target),
        ["c539fb65f429ca01"] = new FieldBuiltIn(Winogrande.Choices),

        // truthfulqa/utils.py: process_results_mc2
        ["2d991965065b29c4"] = new ResultBuiltIn(TruthfulQa.Mc2),

        // agieval/utils.py: process_results_mcqa
        ["61a6d52f85a2871b"] = new ResultBuiltIn(AgiEval.MultipleChoice),
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
