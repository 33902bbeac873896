namespace Assay.Data.Reading;

/// <summary>What the first lines of a CSV text tell.</summary>
/// <param name="Dialect">How it is written.</param>
/// <param name="HasHeader">The first record names the columns.</param>
/// <param name="Names">Of the columns.</param>
/// <param name="DataOffset">Where the first row begins.</param>
/// <param name="DataLine">Its physical line, from 1.</param>
/// <param name="RowBytes">Of a row on average.</param>
sealed record CsvLayout(CsvDialect Dialect, bool HasHeader, IReadOnlyList<string> Names, long DataOffset, long DataLine, double RowBytes)
{
    public string Describe(string encoding) =>
        $"csv, {DelimiterName}{(Dialect.Quote == '\'' ? ", single quotes" : "")}, {(HasHeader ? "header" : "no header")}, {encoding}";

    string DelimiterName => (char)Dialect.Delimiter switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        var other => $"'{other}'",
    };
}
