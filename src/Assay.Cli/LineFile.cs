using System.Text;

namespace Assay.Cli;

/// <summary>Plain text, a segment a line. Only a line feed ends a line; a carriage return before it is white space, as in sacrebleu.</summary>
static class LineFile
{
    static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All lines without their ends; a byte order mark is left out.</summary>
    public static IReadOnlyList<string> Read(string path)
    {
        var bytes = ReadBytes(path);
        var rest = bytes.AsSpan();
        rest = rest.StartsWith(Encoding.UTF8.Preamble) ? rest[Encoding.UTF8.Preamble.Length..] : rest;
        var lines = new List<string>();
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOf((byte)'\n');
            lines.Add(Decode(path, lines.Count + 1, length < 0 ? rest : rest[..length]));
            rest = length < 0 ? [] : rest[(length + 1)..];
        }

        return lines.Count > 0 ? lines : throw new UserErrorException($"{path}: the file is empty. Expected a text a line.");
    }

    static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the file cannot be read: {e.Message} Expected a text a line.", e);
        }
    }

    static string Decode(string path, int line, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new UserErrorException($"{path}:{line}: byte {e.Index + 1} of the line is not UTF-8. Save the file as UTF-8.", e);
        }
    }
}
