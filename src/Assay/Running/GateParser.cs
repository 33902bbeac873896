namespace Assay.Running;

/// <summary>
/// Reads a condition: <c>or</c> binds least, then <c>and</c>, <c>not</c>, comparisons, sums, products; parentheses go first.
/// </summary>
sealed class GateParser
{
    readonly List<GateToken> _tokens;
    int _next;

    GateParser(string condition)
    {
        _tokens = GateLexer.Read(condition);
    }

    /// <summary>The condition, or where and what the mistake is.</summary>
    public static (GateExpression? Expression, int At, string? Problem) Parse(string condition)
    {
        var parser = new GateParser(condition);
        try
        {
            var expression = parser.Or();
            return parser.Current.Kind == GateTokenKind.End ? (expression, 0, null) : (null, parser.Current.At, "expected 'and', 'or' or the end here");
        }
        catch (GateSyntaxException e)
        {
            return (null, e.At, e.Message);
        }
    }

    GateToken Current => _tokens[_next];

    GateExpression Or()
    {
        var left = And();
        while (Take("or"))
        {
            left = new GateJunction(false, left, And());
        }

        return left;
    }

    GateExpression And()
    {
        var left = Not();
        while (Take("and"))
        {
            left = new GateJunction(true, left, Not());
        }

        return left;
    }

    GateExpression Not()
    {
        if (Take("not"))
        {
            return new GateNegation(Not());
        }

        // '(' may begin a condition or a sum: what it holds tells.
        var start = _next;
        if (Take("("))
        {
            try
            {
                var inner = Or();
                Expect(")");
                if (Current.Kind == GateTokenKind.End || Current.Text is "and" or "or" or ")")
                {
                    return inner;
                }
            }
            catch (GateSyntaxException) when (IsSum(start))
            {
                // Read again as a sum.
            }

            _next = start;
        }

        return Comparison();
    }

    // The parenthesis that begins here is followed by an operator or a comparison.
    bool IsSum(int start)
    {
        var depth = 0;
        for (var i = start; i < _tokens.Count; i++)
        {
            depth += _tokens[i].Is("(") ? 1 : _tokens[i].Is(")") ? -1 : 0;
            if (depth == 0)
            {
                return _tokens[i + 1] is { Kind: GateTokenKind.Symbol, Text: not ")" };
            }
        }

        return false;
    }

    GateExpression Comparison()
    {
        var left = Sum();
        if (left is GateMeasured { Reference: { Field: "value", IsOfBaseline: false } reference })
        {
            if (Take("not"))
            {
                Expect("worse");
                return Against(reference, isBetter: false);
            }

            if (Take("better"))
            {
                return Against(reference, isBetter: true);
            }
        }

        var symbol = Current;
        if (symbol.Kind != GateTokenKind.Symbol || symbol.Text is not (">=" or "<=" or "==" or ">" or "<"))
        {
            throw new GateSyntaxException(symbol.At, "expected one of >=, <=, >, <, ==, or 'not worse than baseline by NUMBER', or 'better than baseline'");
        }

        _next++;
        return new GateComparison(left, symbol.Text, Sum());
    }

    GateAgainstBaseline Against(GateReference reference, bool isBetter)
    {
        Expect("than");
        Expect("baseline");
        if (!Take("by"))
        {
            return new GateAgainstBaseline(reference, isBetter, null);
        }

        var margin = Current;
        if (margin is not { Kind: GateTokenKind.Number, Value: >= 0 })
        {
            throw new GateSyntaxException(margin.At, "expected a number from 0, in the unit of the score, such as 0.02");
        }

        _next++;
        return new GateAgainstBaseline(reference, isBetter, margin.Value);
    }

    GateNumber Sum()
    {
        var left = Product();
        while (Current is { Kind: GateTokenKind.Symbol, Text: "+" or "-" } symbol)
        {
            _next++;
            left = new GateArithmetic(left, symbol.Text[0], Product());
        }

        return left;
    }

    GateNumber Product()
    {
        var left = Factor();
        while (Current is { Kind: GateTokenKind.Symbol, Text: "*" or "/" } symbol)
        {
            _next++;
            left = new GateArithmetic(left, symbol.Text[0], Factor());
        }

        return left;
    }

    GateNumber Factor()
    {
        var token = Current;
        if (Take("("))
        {
            var inner = Sum();
            Expect(")");
            return inner;
        }

        _next += token.Kind == GateTokenKind.End ? 0 : 1;
        return token.Kind == GateTokenKind.Number ? new GateConstant(token.Value)
            : token.Kind == GateTokenKind.Name && GateReference.Parse(token.Text) is { } reference ? new GateMeasured(reference)
            : throw new GateSyntaxException(token.At, "expected a number, a time such as 50ms, or a metric here");
    }

    bool Take(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _next++;
        return true;
    }

    void Expect(string text)
    {
        if (!Take(text))
        {
            throw new GateSyntaxException(Current.At, $"expected '{text}' here");
        }
    }

    sealed class GateSyntaxException(int at, string message) : Exception(message)
    {
        public int At => at;
    }
}
