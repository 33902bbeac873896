using System.Globalization;

namespace Assay.Tasks.Templates;

sealed partial class TemplateParser
{
    Expression ParsePostfix(Expression target)
    {
        while (Current.Kind == TokenKind.Symbol)
        {
            var position = Current.Position;
            if (TakeSymbol("."))
            {
                target = ParseAttribute(target, position);
            }
            else if (TakeSymbol("["))
            {
                target = ParseSubscript(target, position);
            }
            else if (TakeSymbol("("))
            {
                target = new Call(position, target, ParseArguments());
            }
            else
            {
                break;
            }
        }

        return target;
    }

    Expression ParseAttribute(Expression target, int position)
    {
        var token = tokens[_at++];
        return token switch
        {
            { Kind: TokenKind.Name } => new AttributeAccess(position, target, token.Text),
            { Kind: TokenKind.Integer } => new IndexAccess(
                position, target, new Constant(token.Position, long.Parse(token.Text, CultureInfo.InvariantCulture))),
            _ => throw Unexpected(token, "a name after '.'"),
        };
    }

    Expression ParseSubscript(Expression target, int position)
    {
        var bounds = new List<Expression?>();
        do
        {
            bounds.Add(IsSymbol(":") || IsSymbol("]") ? null : ParseTuple());
        }
        while (bounds.Count < 3 && TakeSymbol(":"));

        ExpectSymbol("]");
        return bounds is [var only]
            ? new IndexAccess(position, target, only ?? throw new TemplateFault("'[]'; expected an index or a slice", position))
            : new SliceAccess(position, target, bounds[0], bounds[1], bounds.ElementAtOrDefault(2));
    }

    ArgumentList ParseArguments()
    {
        var positional = new List<Expression>();
        var named = new List<(string Name, Expression Value)>();
        foreach (var (name, value) in ParseItems(")", ParseArgument))
        {
            if (name is null)
            {
                positional.Add(value);
            }
            else
            {
                named.Add((name, value));
            }
        }

        return new ArgumentList(positional, named);
    }

    (string? Name, Expression Value) ParseArgument()
    {
        if (Current.Kind != TokenKind.Name || !Next.Is(TokenKind.Symbol, "="))
        {
            return (null, ParseConditional());
        }

        var name = Current.Text;
        _at += 2;
        return (name, ParseConditional());
    }

    Expression ParseFilters(Expression target)
    {
        while (true)
        {
            var token = Current;
            if (TakeSymbol("|"))
            {
                target = ParseFilter(target);
            }
            else if (TakeName("is"))
            {
                target = ParseTest(target);
            }
            else if (token.Is(TokenKind.Symbol, "("))
            {
                target = ParsePostfix(target);
            }
            else
            {
                return target;
            }
        }
    }

    FilterCall ParseFilter(Expression target)
    {
        var token = ExpectName("the name of a filter");
        var filter = TemplateFilters.Find(token.Text) ?? throw new TemplateFault(
            $"there is no filter '{token.Text}'.{NearestName.Hint(token.Text, TemplateFilters.Names)} Supported: {string.Join(", ", TemplateFilters.Names)}", token.Position);
        filter = dialect == TemplateDialect.Chat && token.Text == "tojson" ? PythonJson.WritePlain : filter;
        return new FilterCall(token.Position, target, token.Text, filter, TakeSymbol("(") ? ParseArguments() : ArgumentList.Empty);
    }

    Expression ParseTest(Expression target)
    {
        var negated = TakeName("not");
        var token = ExpectName("the name of a test");
        var test = TemplateTests.Find(token.Text) ?? throw new TemplateFault(
            $"there is no test '{token.Text}'.{NearestName.Hint(token.Text, TemplateTests.Names)} Supported: {string.Join(", ", TemplateTests.Names)}", token.Position);
        var call = new TestCall(token.Position, target, test);
        return negated ? new Not(token.Position, call) : call;
    }
}
