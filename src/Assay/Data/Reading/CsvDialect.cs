namespace Assay.Data.Reading;

/// <summary>How a CSV text is written.</summary>
/// <param name="Delimiter">Between cells.</param>
/// <param name="Quote">Around cells; 0 for none.</param>
/// <param name="Comment">What lines begin with that are no rows; empty for none.</param>
sealed record CsvDialect(byte Delimiter, byte Quote, byte[] Comment)
{
    public bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\t' && letter != Delimiter;

    public bool IsComment(ReadOnlySpan<byte> line) => Comment.Length > 0 && line.StartsWith(Comment);
}
