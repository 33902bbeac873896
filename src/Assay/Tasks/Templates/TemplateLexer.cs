namespace Assay.Tasks.Templates;

/// <summary>Cuts a template into text and the tokens between the braces.</summary>
sealed class TemplateLexer
{
    readonly string _source;
    readonly TemplateDialect _dialect;
    readonly List<Token> _tokens = [];
    int _at;
    bool _trimNext;

    TemplateLexer(string source, TemplateDialect dialect)
    {
        _source = source;
        _dialect = dialect;
    }

    public static List<Token> Tokenize(string source, TemplateDialect dialect)
    {
        var lexer = new TemplateLexer(dialect == TemplateDialect.Chat && source.EndsWith('\n') ? source[..^1] : source, dialect);
        lexer.ReadTemplate();
        return lexer._tokens;
    }

    /// <summary>The tokens of an expression that stands alone.</summary>
    public static List<Token> TokenizeExpression(string source)
    {
        var lexer = new TemplateLexer(source, TemplateDialect.Harness);
        while (lexer.SkipSpace())
        {
            lexer.ReadToken();
        }

        lexer.Add(TokenKind.End, "");
        return lexer._tokens;
    }

    void ReadTemplate()
    {
        while (_at < _source.Length)
        {
            var open = NextOpening();
            AddText(open);
            _at = open;
            if (open < _source.Length)
            {
                ReadBraces();
            }
        }

        Add(TokenKind.End, "");
    }

    int NextOpening()
    {
        for (var i = _source.IndexOf('{', _at); i >= 0 && i + 1 < _source.Length; i = _source.IndexOf('{', i + 1))
        {
            if (_source[i + 1] is '{' or '%' or '#')
            {
                return i;
            }
        }

        return _source.Length;
    }

    void AddText(int end)
    {
        var text = _source[_at..LineStartOf(end)];
        text = _trimNext ? PythonString.TrimStart(text, null) : text;
        text = end + 2 < _source.Length && _source[end + 2] == '-' ? PythonString.TrimEnd(text, null) : text;
        _trimNext = false;
        if (text.Length > 0)
        {
            Add(TokenKind.Text, text);
        }
    }

    // Where the text before a block ends: blanks that stand alone before it on its line are not text in a chat template.
    int LineStartOf(int open)
    {
        if (_dialect == TemplateDialect.Harness || open + 2 >= _source.Length || _source[open + 1] == '{' || _source[open + 2] == '+')
        {
            return open;
        }

        var start = open;
        while (start > _at && _source[start - 1] != '\n' && PythonString.IsSpace(_source[start - 1]))
        {
            start--;
        }

        return start == 0 || _source[start - 1] == '\n' ? start : open;
    }

    // One line end after a block or a comment is not text in a chat template, unless a plus says so.
    void SkipLineEnd()
    {
        if (_dialect == TemplateDialect.Chat && _at < _source.Length && _source[_at] == '\n' && _source[_at - 3] != '+')
        {
            _at++;
        }
    }

    void ReadBraces()
    {
        var kind = _source[_at + 1];
        if (kind == '#')
        {
            var end = _source.IndexOf("#}", _at + 2, StringComparison.Ordinal);
            _trimNext = end > 0 && _source[end - 1] == '-';
            _at = end >= 0 ? end + 2 : throw new TemplateFault("a comment '{#' that is not closed; expected '#}'", _at);
            SkipLineEnd();
            return;
        }

        Add(kind == '{' ? TokenKind.PrintBegin : TokenKind.BlockBegin, kind == '{' ? "{{" : "{%");
        _at += _at + 2 < _source.Length && _source[_at + 2] is '-' or '+' ? 3 : 2;
        ReadInside(kind == '{' ? "}}" : "%}", kind == '{' ? TokenKind.PrintEnd : TokenKind.BlockEnd);
    }

    // A brace or bracket that was opened inside must be closed first: {{ {'a': {}} }}.
    void ReadInside(string close, TokenKind kind)
    {
        var depth = 0;
        while (SkipSpace())
        {
            var trim = depth == 0 && _source[_at] is '-' or '+' ? 1 : 0;
            if (depth == 0 && string.CompareOrdinal(_source, _at + trim, close, 0, 2) == 0)
            {
                _trimNext = trim == 1 && _source[_at] == '-';
                Add(kind, close);
                _at += trim + 2;
                if (kind == TokenKind.BlockEnd)
                {
                    SkipLineEnd();
                }

                return;
            }

            depth += _source[_at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            ReadToken();
        }

        throw new TemplateFault($"the end of the template; expected '{close}'", _at);
    }

    bool SkipSpace()
    {
        while (_at < _source.Length && PythonString.IsSpace(_source[_at]))
        {
            _at++;
        }

        return _at < _source.Length;
    }

    void ReadToken()
    {
        var c = _source[_at];
        if (c is '\'' or '"')
        {
            var (text, end) = StringLiteral.Read(_source, _at);
            Add(TokenKind.String, text);
            _at = end;
        }
        else if (char.IsLetter(c) || c == '_')
        {
            Take(TokenKind.Name, Run(_at, letter => char.IsLetterOrDigit(letter) || letter == '_'));
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadNumber();
        }
        else
        {
            var two = _at + 1 < _source.Length ? _source.Substring(_at, 2) : "";
            var width = two is "**" or "//" or "==" or "!=" or "<=" or ">=" ? 2 : 1;
            Take(TokenKind.Symbol, "+-*/%~()[]{},:.|=<>!".Contains(c, StringComparison.Ordinal)
                ? _at + width
                : throw new TemplateFault($"'{c}' where an expression or an operator was expected", _at));
        }
    }

    void ReadNumber()
    {
        var end = Run(_at, IsDigit);
        var fraction = end + 1 < _source.Length && _source[end] == '.' && char.IsAsciiDigit(_source[end + 1]);
        end = fraction ? Run(end + 1, IsDigit) : end;
        var sign = end + 1 < _source.Length && _source[end] is 'e' or 'E' ? (_source[end + 1] is '+' or '-' ? 2 : 1) : 0;
        var exponent = sign > 0 && end + sign < _source.Length && char.IsAsciiDigit(_source[end + sign]);
        end = exponent ? Run(end + sign, IsDigit) : end;
        Take(fraction || exponent ? TokenKind.Float : TokenKind.Integer, end);

    }

    static bool IsDigit(char c) => char.IsAsciiDigit(c) || c == '_';

    int Run(int from, Func<char, bool> belongs)
    {
        while (from < _source.Length && belongs(_source[from]))
        {
            from++;
        }

        return from;
    }

    void Take(TokenKind kind, int end)
    {
        Add(kind, _source[_at..end]);
        _at = end;
    }

    void Add(TokenKind kind, string text) => _tokens.Add(new Token(kind, text, _at));
}
