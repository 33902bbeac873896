namespace Assay.Models;

/// <summary>Parts what a model thinks aloud from its answer.</summary>
static class Reasoning
{
    static readonly (string Open, string Close)[] _tags = [("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<reasoning>", "</reasoning>")];

    /// <summary>
    /// The text up to the first closing tag is reasoning when the text begins with its opening tag, or has none: a chat template may have opened it
    /// already. What was opened and never closed is all reasoning, and the answer is empty.
    /// </summary>
    public static (string? Reasoning, string Answer) Split(string text)
    {
        foreach (var (open, close) in _tags)
        {
            var opens = text.AsSpan().TrimStart().StartsWith(open, StringComparison.Ordinal);
            var end = text.IndexOf(close, StringComparison.Ordinal);
            var start = opens ? text.IndexOf(open, StringComparison.Ordinal) + open.Length : 0;
            if (end >= start && (opens || !text.AsSpan(0, end).Contains(open, StringComparison.Ordinal)))
            {
                return (text[start..end].Trim(), text[(end + close.Length)..].TrimStart());
            }

            if (opens)
            {
                return (text[start..].Trim(), "");
            }
        }

        return (null, text);
    }
}
