using System.Collections.Immutable;
using Assay.Tasks.Templates;

namespace Assay.Tasks.Functions;

/// <summary>AGIEval's multiple choice, of which several choices may be right. Rule: lm-evaluation-harness, process_results_mcqa.</summary>
static class AgiEval
{
    public static IReadOnlyDictionary<string, double> MultipleChoice(Document document, ImmutableArray<double> logLikelihoods)
    {
        if (document["gold"] is not IReadOnlyList<object?> gold || document["choices"] is not IReadOnlyList<object?> choices || choices.Count != logLikelihoods.Length)
        {
            throw new UserErrorException($"{document.Location}: AGIEval needs 'gold', a list of numbers, and 'choices', a list of {logLikelihoods.Length} texts.");
        }

        double[] values = [.. logLikelihoods];
        double[] perCharacter = [.. values.Zip(choices, (value, choice) => value / PythonText.Str(choice).EnumerateRunes().Count())];
        return new Dictionary<string, double> { ["acc"] = Right(values, gold), ["acc_norm"] = Right(perCharacter, gold) };
    }

    // Of equals the first, as numpy.argmax.
    static double Right(double[] values, IReadOnlyList<object?> gold)
    {
        long best = Array.IndexOf(values, values.Max());
        return gold.Any(one => PythonValue.AreEqual(one, best)) ? 1 : 0;
    }
}
