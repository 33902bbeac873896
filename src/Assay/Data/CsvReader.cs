using System.Text;

namespace Assay.Data;

/// <summary><see cref="TableReader"/> for what is known to be CSV.</summary>
public static class CsvReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">The file cannot be opened, or is not such a table; the message has file and line.</exception>
    public static Table Read(string path, ReadOptions? options = null) => TableReader.Read(path, Csv(options));

    /// <summary>Reads text that is already decoded.</summary>
    /// <param name="reader">Read to its end, not disposed.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="options">Null is the default.</param>
    /// <exception cref="UserErrorException">It is not such a table; the message has source and line.</exception>
    public static Table Read(TextReader reader, string source, ReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return TableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(reader.ReadToEnd())), source, Csv(options) with { Encoding = "utf-8" });
    }

    static ReadOptions Csv(ReadOptions? options) => (options ?? new ReadOptions()) with { Format = TableFormat.Csv };
}
