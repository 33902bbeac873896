namespace Assay.Tasks.Templates;

enum TokenKind
{
    Text,
    PrintBegin,
    PrintEnd,
    BlockBegin,
    BlockEnd,
    Name,
    String,
    Integer,
    Float,
    Symbol,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string the decoded text.</param>
/// <param name="Position">UTF-16 index into the template.</param>
readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;

    public override string ToString() => this switch
    {
        { Kind: TokenKind.End } => "the end of the template",
        { Kind: TokenKind.Text } => "text",
        { Kind: TokenKind.String } => $"the text {PythonText.Repr(Text)}",
        _ => $"'{Text}'",
    };
}
