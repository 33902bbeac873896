using Assay.Transformers;

namespace Assay.Models;

/// <summary>
/// Where lm-evaluation-harness parts context from continuation, and a long text into windows (api/model.py <c>_encode_pair</c>, utils.py
/// <c>get_rolling_token_windows</c> and <c>make_disjoint_window</c>).
/// </summary>
static class LikelihoodTokens
{
    /// <summary>Tokens and how many at their end are judged; the earliest are dropped when they are more than the context holds.</summary>
    public static LikelihoodWindow Pair(string context, string continuation, Tokenizer tokenizer, int prefix, int most)
    {
        var blanks = context.Length - context.TrimEnd().Length;
        var (before, after) = (context[..^blanks], context[^blanks..] + continuation);
        int[] tokens;
        int judged;
        if (before.Length == 0 && blanks == 0)
        {
            var own = tokenizer.Encode(continuation, addSpecialTokens: true);
            tokens = own.Length > 0 && own[0] == prefix ? own : [prefix, .. own];
            judged = tokens.Length - 1;
        }
        else
        {
            tokens = tokenizer.Encode(before + after, addSpecialTokens: true);
            judged = tokens.Length - Math.Min(tokens.Length, tokenizer.Encode(before, addSpecialTokens: true).Length);

            // Blanks alone are no context: the beginning of a text stands before them.
            if (judged == tokens.Length)
            {
                tokens = [prefix, .. tokens];
            }
        }

        tokens = tokens.Length > most ? tokens[^most..] : tokens;
        return new LikelihoodWindow(tokens, Math.Min(judged, tokens.Length - 1));
    }

    /// <summary>Windows in which every token is judged once.</summary>
    /// <param name="tokens">Of the text, without a beginning.</param>
    /// <param name="prefix">The token that stands for the beginning of a text.</param>
    /// <param name="most">Tokens in a window.</param>
    public static IEnumerable<LikelihoodWindow> Rolling(int[] tokens, int prefix, int most)
    {
        // Of a window's tokens the last is only judged and never read: most - 1 are read, and as many are judged.
        var read = most - 1;
        var judged = Math.Min(read, tokens.Length);
        if (judged > 0)
        {
            yield return new LikelihoodWindow([prefix, .. tokens[..judged]], judged);
        }

        while (judged < tokens.Length)
        {
            var more = Math.Min(tokens.Length - judged, read);
            judged += more;
            yield return new LikelihoodWindow(tokens[(judged - most)..judged], more);
        }
    }
}

/// <summary>Tokens to read, of which the last few are judged.</summary>
readonly record struct LikelihoodWindow(int[] Tokens, int Judged);
