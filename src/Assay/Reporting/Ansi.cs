namespace Assay.Reporting;

/// <summary>Terminal colours, or none.</summary>
sealed class Ansi(bool enabled)
{
    public string Bold(string text) => Code("1", text);

    public string Dim(string text) => Code("2", text);

    public string Marked(string text, CellMark mark) => mark switch
    {
        CellMark.Good => Code("1;32", text),
        CellMark.Bad => Code("1;31", text),
        CellMark.None or _ => text,
    };

    string Code(string code, string text) => enabled && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
