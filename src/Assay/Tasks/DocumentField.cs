namespace Assay.Tasks;

/// <summary>What a task takes from each document: the column of that name where there is one, else a template, or a constant, or what a built-in makes of it.</summary>
public sealed class DocumentField
{
    readonly Template? _template;
    readonly Func<Document, object?>? _function;

    DocumentField(string source, Template? template, Func<Document, object?>? function)
    {
        Source = source;
        _template = template;
        _function = function;
    }

    /// <summary>The name of a column or the text of a template, as the task file has it.</summary>
    public string Source { get; }

    /// <summary>A column or a template.</summary>
    /// <param name="source">Its name or text.</param>
    /// <param name="origin">As in <see cref="Template.Parse"/>.</param>
    /// <exception cref="UserErrorException">The template is wrong.</exception>
    public static DocumentField Parse(string source, string origin) => new(source, Template.Parse(source, origin), null);

    /// <summary>The same value for every document: a number or a list in the task file.</summary>
    public static DocumentField Of(object? constant) => new("", null, _ => constant);

    internal static DocumentField Of(Func<Document, object?> function) => new("", null, function);

    /// <summary>Whether it is a column of this document.</summary>
    public bool IsColumnOf(Document document) => _template is not null && document.Columns.ContainsKey(Source);

    /// <summary>The column's value, or the rendered text.</summary>
    /// <exception cref="UserErrorException">The template cannot be rendered; with the document's place.</exception>
    public object? Of(Document document)
    {
        if (_template is null)
        {
            return _function!(document);
        }

        if (document.Columns.TryGetValue(Source, out var value))
        {
            return value;
        }

        try
        {
            return _template.Render(document.Columns);
        }
        catch (UserErrorException problem)
        {
            throw new UserErrorException($"{document.Location}: {problem.Message}", problem);
        }
    }
}
