using System.Text;
using Assay.Tasks.Templates;

namespace Assay.Tasks;

/// <summary>
/// A template in the part of Jinja that task files use: <c>{{ }}</c>, <c>if</c>, <c>for</c>, <c>set</c>, comments, white-space control, the
/// methods of Python's str, list and dict, filters and tests. As in lm-evaluation-harness a name that is not defined is an error, the
/// last newline stays, and values print as Python prints them. Compiled once, rendered often, thread-safe.
/// </summary>
/// <remarks>Values are null, bool, long, double, string, <see cref="IReadOnlyList{T}"/> and <see cref="IReadOnlyDictionary{TKey, TValue}"/> of object with string keys.</remarks>
public sealed class Template
{
    const int MostSpare = 1 << 16;

    readonly IReadOnlyList<Statement> _body;
    readonly string _origin;
    readonly TemplateDialect _dialect;

    // Whoever renders takes it away; who comes meanwhile makes another.
    StringBuilder? _spare;

    Template(string source, string origin, IReadOnlyList<Statement> body, TemplateDialect dialect)
    {
        Source = source;
        _origin = origin;
        _body = body;
        _dialect = dialect;
    }

    /// <summary>The text it was made of.</summary>
    public string Source { get; }

    /// <summary>Compiles.</summary>
    /// <param name="source">The template.</param>
    /// <param name="origin">Where it stands, for messages: <c>task.yaml:12: 'doc_to_text'</c>.</param>
    /// <exception cref="UserErrorException">The template is wrong; the message has the position.</exception>
    public static Template Parse(string source, string origin = "template")
    {
        ArgumentNullException.ThrowIfNull(source);
        return Compile(source, origin, TemplateDialect.Harness);
    }

    // One in the dialect of chat templates; fails as Parse does.
    internal static Template ParseChat(string source, string origin) => Compile(source, origin, TemplateDialect.Chat);

    static Template Compile(string source, string origin, TemplateDialect dialect)
    {
        var text = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        try
        {
            return new Template(text, origin, TemplateParser.ParseTemplate(TemplateLexer.Tokenize(text, dialect), dialect), dialect);
        }
        catch (TemplateFault fault)
        {
            throw Describe(fault, text, origin);
        }
    }

    /// <summary>The text with these values.</summary>
    /// <exception cref="UserErrorException">A value is missing or does not go with what is done to it.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var output = Interlocked.Exchange(ref _spare, null) ?? new StringBuilder();
        try
        {
            Statement.RenderAll(_body, new Scope(values, _dialect), output);
            return output.ToString();
        }
        catch (TemplateFault fault)
        {
            throw Describe(fault, Source, _origin);
        }
        finally
        {
            _spare = output.Capacity > MostSpare ? null : output.Clear();
        }
    }

    /// <summary>The value itself when the template is a single <c>{{ expression }}</c>, else the rendered text.</summary>
    /// <exception cref="UserErrorException">As <see cref="Render"/>.</exception>
    public object? Evaluate(IReadOnlyDictionary<string, object?> values)
    {
        if (_body is not [PrintStatement { Expression: var expression }])
        {
            return Render(values);
        }

        try
        {
            var value = expression.Evaluate(new Scope(values, _dialect));
            _ = value is Undefined or Callable ? PythonText.Str(value) : null;
            return value;
        }
        catch (TemplateFault fault)
        {
            throw Describe(fault.At(expression.Position), Source, _origin);
        }
    }

    static UserErrorException Describe(TemplateFault fault, string source, string origin)
    {
        var before = source.AsSpan(0, Math.Clamp(fault.Position, 0, source.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        return new UserErrorException($"{origin}: at line {line}, column {column} of the template: {fault.Message}.");
    }
}
