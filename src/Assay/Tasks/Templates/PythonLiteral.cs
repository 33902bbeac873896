namespace Assay.Tasks.Templates;

/// <summary>Python's <c>ast.literal_eval</c> for the literals that a template can print.</summary>
static class PythonLiteral
{
    static readonly Scope _nothing = new(new Dictionary<string, object?>());

    /// <summary>False when the text is no literal; then the harness keeps it as text.</summary>
    public static bool TryParse(string text, out object? value)
    {
        value = null;
        try
        {
            var tokens = TemplateLexer.TokenizeExpression(text);
            if (tokens.Any(token => token.Kind == TokenKind.Name && token.Text is not ("True" or "False" or "None")))
            {
                return false;
            }

            var expression = TemplateParser.ParseExpression(tokens);
            value = IsLiteral(expression) ? expression.Evaluate(_nothing) : null;
            return IsLiteral(expression);
        }
        catch (TemplateFault)
        {
            return false;
        }
    }

    static bool IsLiteral(Expression expression) => expression switch
    {
        Constant => true,
        Negation negation => negation.Operand is Constant,
        ListLiteral list => list.Items.All(IsLiteral),
        TupleLiteral tuple => tuple.Items.All(IsLiteral),
        DictionaryLiteral dictionary => dictionary.Entries.All(entry => IsLiteral(entry.Key) && IsLiteral(entry.Value)),
        _ => false,
    };
}
