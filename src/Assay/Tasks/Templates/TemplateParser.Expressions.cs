using System.Globalization;

namespace Assay.Tasks.Templates;

/// <summary>Jinja's expression grammar, loosest binding first: if, or, and, not, comparison, + -, ~, * / // %, **, sign, postfix and filter.</summary>
sealed partial class TemplateParser(List<Token> tokens, TemplateDialect dialect = TemplateDialect.Harness)
{
    int _at;

    Token Current => tokens[_at];

    Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>An expression that stands alone.</summary>
    public static Expression ParseExpression(List<Token> tokens)
    {
        var parser = new TemplateParser(tokens);
        var expression = parser.ParseConditional();
        parser.Expect(TokenKind.End, "the end");
        return expression;
    }

    // A comma makes a tuple, also without parentheses.
    Expression ParseTuple()
    {
        var position = Current.Position;
        var first = ParseConditional();
        if (!IsSymbol(","))
        {
            return first;
        }

        var items = new List<Expression> { first };
        while (TakeSymbol(",") && !IsSymbol(")") && Current.Kind is not (TokenKind.PrintEnd or TokenKind.BlockEnd))
        {
            items.Add(ParseConditional());
        }

        return new TupleLiteral(position, items);
    }

    Expression ParseConditional()
    {
        var value = ParseOr();
        while (Current is { Kind: TokenKind.Name, Text: "if" } start)
        {
            _at++;
            var condition = ParseOr();
            value = new Conditional(start.Position, condition, value, TakeName("else") ? ParseConditional() : null);
        }

        return value;
    }

    Expression ParseOr()
    {
        var left = ParseAnd();
        while (Current is { Kind: TokenKind.Name, Text: "or" } token)
        {
            _at++;
            left = new Junction(token.Position, false, left, ParseAnd());
        }

        return left;
    }

    Expression ParseAnd()
    {
        var left = ParseNot();
        while (Current is { Kind: TokenKind.Name, Text: "and" } token)
        {
            _at++;
            left = new Junction(token.Position, true, left, ParseNot());
        }

        return left;
    }

    Expression ParseNot()
    {
        var position = Current.Position;
        return TakeName("not") ? new Not(position, ParseNot()) : ParseComparison();
    }

    Expression ParseComparison()
    {
        var first = ParseBinary(0);
        var rest = new List<(string Symbol, Expression Operand)>();
        var position = Current.Position;
        while (ComparisonSymbol() is { } symbol)
        {
            _at += symbol == "not in" ? 2 : 1;
            rest.Add((symbol, ParseBinary(0)));
        }

        return rest.Count == 0 ? first : new Comparison(position, first, rest);
    }

    string? ComparisonSymbol()
    {
        if (Current.Is(TokenKind.Name, "not") && Next.Is(TokenKind.Name, "in"))
        {
            return "not in";
        }

        return Current.Kind is TokenKind.Symbol or TokenKind.Name && Operators.IsComparison(Current.Text) ? Current.Text : null;
    }

    static readonly string[][] _levels = [["+", "-"], ["~"], ["*", "/", "//", "%"], ["**"]];

    Expression ParseBinary(int level)
    {
        if (level == _levels.Length)
        {
            return ParseUnary(withFilter: true);
        }

        var left = ParseBinary(level + 1);
        while (Current.Kind == TokenKind.Symbol && _levels[level].Contains(Current.Text))
        {
            var token = tokens[_at++];
            left = new Binary(token.Position, token.Text, left, ParseBinary(level + 1));
        }

        return left;
    }

    Expression ParseUnary(bool withFilter)
    {
        var position = Current.Position;
        Expression operand;
        if (TakeSymbol("-"))
        {
            operand = new Negation(position, ParseUnary(withFilter: false));
        }
        else
        {
            operand = TakeSymbol("+") ? ParseUnary(withFilter: false) : ParsePrimary();
        }

        operand = ParsePostfix(operand);
        return withFilter ? ParseFilters(operand) : operand;
    }

    Expression ParsePrimary()
    {
        var token = tokens[_at++];
        return token switch
        {
            { Kind: TokenKind.Name } => ParseName(token),
            { Kind: TokenKind.String } => ParseString(token),
            { Kind: TokenKind.Integer } => new Constant(token.Position, ParseInteger(token)),
            { Kind: TokenKind.Float } => new Constant(token.Position, ParseFloat(token)),
            { Kind: TokenKind.Symbol, Text: "(" } => ParseParentheses(token),
            { Kind: TokenKind.Symbol, Text: "[" } => new ListLiteral(token.Position, ParseItems("]", ParseConditional)),
            { Kind: TokenKind.Symbol, Text: "{" } => new DictionaryLiteral(token.Position, ParseItems("}", ParseEntry)),
            _ => throw Unexpected(token, "a value"),
        };
    }

    static Expression ParseName(Token token) => token.Text switch
    {
        "true" or "True" => new Constant(token.Position, true),
        "false" or "False" => new Constant(token.Position, false),
        "none" or "None" => new Constant(token.Position, null),
        "if" or "else" or "and" or "or" or "in" or "is" => throw Unexpected(token, "a value"),
        _ => new NameReference(token.Position, token.Text),
    };

    Constant ParseString(Token token)
    {
        var text = token.Text;
        while (Current.Kind == TokenKind.String)
        {
            text += tokens[_at++].Text;
        }

        return new Constant(token.Position, text);
    }

    static long ParseInteger(Token token) =>
        long.TryParse(token.Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new TemplateFault($"the whole number {token.Text}, which has more than 64 bits", token.Position);

    static double ParseFloat(Token token) =>
        double.Parse(token.Text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    Expression ParseParentheses(Token open)
    {
        if (TakeSymbol(")"))
        {
            return new TupleLiteral(open.Position, []);
        }

        var inner = ParseTuple();
        ExpectSymbol(")");
        return inner;
    }

    List<T> ParseItems<T>(string close, Func<T> parse)
    {
        var items = new List<T>();
        while (!TakeSymbol(close))
        {
            if (items.Count > 0)
            {
                ExpectSymbol(",");
                if (TakeSymbol(close))
                {
                    break;
                }
            }

            items.Add(parse());
        }

        return items;
    }

    (Expression Key, Expression Value) ParseEntry()
    {
        var key = ParseConditional();
        ExpectSymbol(":");
        return (key, ParseConditional());
    }
}
