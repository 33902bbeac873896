using System.Globalization;

namespace Assay.Running;

/// <summary>What a piece of a condition is.</summary>
enum GateTokenKind
{
    /// <summary>A number or a time.</summary>
    Number,

    /// <summary>A metric with its qualifiers, or a word such as 'and'.</summary>
    Name,

    /// <summary>A comparison, an operator or a parenthesis.</summary>
    Symbol,

    /// <summary>After the last piece.</summary>
    End,
}

/// <summary>A piece of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written.</param>
/// <param name="At">Where it begins.</param>
/// <param name="Value">Of a number; seconds of a time.</param>
readonly record struct GateToken(GateTokenKind Kind, string Text, int At, double Value = double.NaN)
{
    public bool Is(string text) => Kind != GateTokenKind.End && Text == text;
}

/// <summary>
/// Cuts a condition into pieces. Metric names hold slashes and dashes, so that + - * / are operators only between blanks. A part of a name
/// in quotes may hold anything: <c>'Qwen/Qwen2.5-7B'.exact_match</c>.
/// </summary>
static class GateLexer
{
    static readonly string[] _comparisons = [">=", "<=", "==", ">", "<"];

    public static List<GateToken> Read(string text)
    {
        var (tokens, at) = (new List<GateToken>(), 0);
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var symbol = SymbolAt(text, at);
            var token = symbol.Length > 0 ? new GateToken(GateTokenKind.Symbol, symbol, at) : Word(text, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new GateToken(GateTokenKind.End, "", text.Length));
        return tokens;
    }

    static string SymbolAt(string text, int at)
    {
        var comparison = _comparisons.FirstOrDefault(symbol => text.AsSpan(at).StartsWith(symbol, StringComparison.Ordinal));
        var isAlone = at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]);
        return comparison ?? (text[at] is '(' or ')' || (text[at] is '+' or '-' or '*' or '/' && isAlone) ? text[at].ToString() : "");
    }

    static GateToken Word(string text, int at)
    {
        var (end, quoted) = (at, false);
        while (end < text.Length && (quoted || (!char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '=' or '(' or ')'))))
        {
            quoted ^= text[end++] == '\'';
        }

        // A lone '=' is no comparison: it is told where it stands.
        var word = text[at..Math.Max(end, at + 1)];
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? new GateToken(GateTokenKind.Number, word, at, number)
            : Durations.TryParse(word, out var time) ? new GateToken(GateTokenKind.Number, word, at, time.TotalSeconds)
            : new GateToken(GateTokenKind.Name, word, at);
    }
}
