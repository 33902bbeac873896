using System.Collections.Frozen;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>
/// lm-evaluation-harness' <c>exact_match</c>: after deleting what does not count from both sides the texts are the same, character by character;
/// nothing is trimmed. Source: its api/metrics.py.
/// </summary>
public static class ExactMatch
{
    static readonly FrozenSet<char> _punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".ToFrozenSet();

    /// <summary>1 when the answer equals any of the targets, else 0.</summary>
    public static double Score(string answer, ReadOnlySpan<string> targets, ExactMatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(options);
        var normal = Normalize(answer, options);
        foreach (var target in targets)
        {
            if (Normalize(target, options) == normal)
            {
                return 1;
            }
        }

        return 0;
    }

    /// <summary>The text as it is compared: expressions deleted in their order, then lower case, then without punctuation, then without digits.</summary>
    public static string Normalize(string text, ExactMatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var regex in options.RegexesToIgnore)
        {
            text = regex.Replace(text, "");
        }

        text = options.IgnoreCase ? text.ToLowerInvariant() : text;
        text = options.IgnorePunctuation ? Without(text, _punctuation.Contains) : text;
        return options.IgnoreNumbers ? Without(text, char.IsAsciiDigit) : text;
    }

    static string Without(string text, Func<char, bool> dropped) => string.Concat(text.Where(c => !dropped(c)));
}
