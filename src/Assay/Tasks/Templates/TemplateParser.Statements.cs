namespace Assay.Tasks.Templates;

sealed partial class TemplateParser
{
    /// <summary>A whole template.</summary>
    public static IReadOnlyList<Statement> ParseTemplate(List<Token> tokens, TemplateDialect dialect)
    {
        var parser = new TemplateParser(tokens, dialect);
        var body = parser.ParseBody();
        return parser.Current.Kind == TokenKind.End ? body : throw parser.Stray();
    }

    // Ends before the block whose name is one of the given, or at the end of the template.
    List<Statement> ParseBody(params string[] ends)
    {
        var body = new List<Statement>();
        while (Current.Kind != TokenKind.End && !(Current.Kind == TokenKind.BlockBegin && ends.Contains(Next.Text)))
        {
            var token = tokens[_at++];
            body.Add(token switch
            {
                { Kind: TokenKind.Text } => new TextStatement(token.Text),
                { Kind: TokenKind.PrintBegin } => ParsePrint(),
                _ => ParseBlock(),
            });
        }

        return Current.Kind == TokenKind.End && ends.Length > 0
            ? throw Unexpected(Current, $"{{% {ends[^1]} %}}")
            : body;
    }

    PrintStatement ParsePrint()
    {
        var expression = ParseTuple();
        Expect(TokenKind.PrintEnd, "'}}' or an operator");
        return new PrintStatement(expression);
    }

    Statement ParseBlock()
    {
        var name = ExpectName("if, for or set");
        return name.Text switch
        {
            "if" => ParseIf(),
            "for" => ParseFor(),
            "set" => ParseSet(),
            _ => throw new TemplateFault($"the statement '{name.Text}'; supported: if, elif, else, endif, for, endfor, set, endset", name.Position),
        };
    }

    IfStatement ParseIf()
    {
        var branches = new List<(Expression Condition, IReadOnlyList<Statement> Body)>();
        do
        {
            var condition = ParseTuple();
            EndBlock();
            branches.Add((condition, ParseBody("elif", "else", "endif")));
        }
        while (TakeBlock("elif"));

        return new IfStatement(branches, ParseElse("endif"));
    }

    ForStatement ParseFor()
    {
        var names = ParseTargets();
        if (!TakeName("in"))
        {
            throw Unexpected(Current, "'in'");
        }

        // Not ParseTuple: its conditional would swallow the 'if' of the loop.
        var source = ParseOr();
        var condition = TakeName("if") ? ParseOr() : null;
        EndBlock();
        var body = ParseBody("else", "endfor");
        return new ForStatement(names, source, condition, body, ParseElse("endfor"));
    }

    Statement ParseSet()
    {
        if (Next.Is(TokenKind.Symbol, "."))
        {
            return ParseSetAttribute();
        }

        var names = ParseTargets();
        if (TakeSymbol("="))
        {
            var value = ParseTuple();
            EndBlock();
            return new SetStatement(names, value);
        }

        EndBlock();
        var body = ParseBody("endset");
        TakeBlock("endset");
        EndBlock();
        return new SetBlockStatement(names[0], body);
    }

    SetAttributeStatement ParseSetAttribute()
    {
        var owner = ExpectName("the name of a namespace");
        ExpectSymbol(".");
        var name = ExpectName("a name after '.'").Text;
        ExpectSymbol("=");
        var value = ParseTuple();
        EndBlock();
        return new SetAttributeStatement(owner, name, value);
    }

    List<Statement> ParseElse(string end)
    {
        var body = new List<Statement>();
        if (TakeBlock("else"))
        {
            EndBlock();
            body = ParseBody(end);
        }

        TakeBlock(end);
        EndBlock();
        return body;
    }

    List<string> ParseTargets()
    {
        var names = new List<string>();
        do
        {
            names.Add(ExpectName("a name").Text);
        }
        while (TakeSymbol(","));

        return names;
    }

    bool TakeBlock(string name)
    {
        var found = Current.Kind == TokenKind.BlockBegin && Next.Is(TokenKind.Name, name);
        _at += found ? 2 : 0;
        return found;
    }

    void EndBlock() => Expect(TokenKind.BlockEnd, "'%}' or an operator");

    bool IsSymbol(string text) => Current.Is(TokenKind.Symbol, text);

    bool TakeSymbol(string text) => Take(IsSymbol(text));

    bool TakeName(string text) => Take(Current.Is(TokenKind.Name, text));

    bool Take(bool found)
    {
        _at += found ? 1 : 0;
        return found;
    }

    void ExpectSymbol(string text)
    {
        if (!TakeSymbol(text))
        {
            throw Unexpected(Current, $"'{text}'");
        }
    }

    void Expect(TokenKind kind, string expected)
    {
        if (!Take(Current.Kind == kind))
        {
            throw Unexpected(Current, expected);
        }
    }

    Token ExpectName(string expected) => Current.Kind == TokenKind.Name ? tokens[_at++] : throw Unexpected(Current, expected);

    TemplateFault Stray() => Unexpected(Next, "a statement that is open here");

    static TemplateFault Unexpected(Token found, string expected) => new($"{found} where {expected} was expected", found.Position);
}
