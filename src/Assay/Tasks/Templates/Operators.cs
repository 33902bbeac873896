using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>The arithmetic of expressions.</summary>
static class Operators
{
    static readonly Dictionary<string, Func<object?, object?, object?>> _binary = new(StringComparer.Ordinal)
    {
        ["+"] = Add,
        ["-"] = (a, b) => Arithmetic("-", a, b, PythonNumber.Subtract, (x, y) => x - y),
        ["*"] = Multiply,
        ["/"] = Divide,
        ["//"] = (a, b) => Arithmetic("//", a, b, PythonNumber.FloorDivide, PythonNumber.FloorDivide),
        ["%"] = (a, b) => Arithmetic("%", a, b, PythonNumber.Modulo, PythonNumber.Modulo),
        ["**"] = (a, b) => Arithmetic("**", a, b, PythonNumber.Power, Math.Pow),
        ["~"] = (a, b) => PythonText.Str(a) + PythonText.Str(b),
    };

    static readonly Dictionary<string, Func<object?, object?, bool>> _comparisons = new(StringComparer.Ordinal)
    {
        ["=="] = PythonValue.AreEqual,
        ["!="] = (a, b) => !PythonValue.AreEqual(a, b),
        ["<"] = (a, b) => PythonValue.Compare(a, b, "<") < 0,
        ["<="] = (a, b) => PythonValue.Compare(a, b, "<=") <= 0,
        [">"] = (a, b) => PythonValue.Compare(a, b, ">") > 0,
        [">="] = (a, b) => PythonValue.Compare(a, b, ">=") >= 0,
        ["in"] = (a, b) => PythonValue.Contains(b, a),
        ["not in"] = (a, b) => !PythonValue.Contains(b, a),
    };

    public static Func<object?, object?, object?> Binary(string symbol) => _binary[symbol];

    public static Func<object?, object?, bool> Comparison(string symbol) => _comparisons[symbol];

    public static bool IsComparison(string symbol) => _comparisons.ContainsKey(symbol);

    public static object? Negate(object? value) => Arithmetic("-", 0L, value, PythonNumber.Subtract, (_, x) => -x);

    static object? Add(object? a, object? b) => (a, b) switch
    {
        (string x, string y) => x + y,
        (TupleValue x, TupleValue y) => new TupleValue([.. x, .. y]),
        (IReadOnlyList<object?> x, IReadOnlyList<object?> y) when a is not TupleValue && b is not TupleValue => x.Concat(y).ToList(),
        (string, _) or (_, string) => throw Refused("+", a, b, "; '~' joins any values as text"),
        _ => Arithmetic("+", a, b, PythonNumber.Add, (x, y) => x + y),
    };

    static object? Multiply(object? a, object? b) => (a, b) switch
    {
        (string text, long times) => Repeat(text, times),
        (long times, string text) => Repeat(text, times),
        _ => Arithmetic("*", a, b, PythonNumber.Multiply, (x, y) => x * y),
    };

    static string Repeat(string text, long times) => text.Length * Math.Max(0, times) <= 1_000_000
        ? new StringBuilder().Insert(0, text, (int)Math.Max(0, times)).ToString()
        : throw new TemplateFault("'*' would make a text of more than a million characters");

    static object? Divide(object? a, object? b) =>
        Arithmetic("/", a, b, (x, y) => (double)x / PythonNumber.NonZero(y), (x, y) => x / PythonNumber.NonZero(y));

    static object? Arithmetic(string symbol, object? a, object? b, Func<long, long, object> integers, Func<double, double, double> reals)
    {
        if (PythonNumber.TryInteger(a, out var integerA) && PythonNumber.TryInteger(b, out var integerB))
        {
            return integers(integerA, integerB);
        }

        return PythonNumber.TryDouble(a, out var realA) && PythonNumber.TryDouble(b, out var realB)
            ? reals(realA, realB)
            : throw Refused(symbol, a, b, "");
    }

    static TemplateFault Refused(string symbol, object? a, object? b, string hint) =>
        new($"'{symbol}' does not go with {PythonValue.Describe(a)} and {PythonValue.Describe(b)}{hint}");
}
