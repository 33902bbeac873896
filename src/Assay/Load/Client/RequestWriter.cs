using System.Buffers.Text;
using System.Text;

namespace Assay.Load.Client;

/// <summary>Writes requests; what is the same in all of them is written once.</summary>
sealed class RequestWriter
{
    readonly byte[] _opening, _first;
    readonly bool _hasBody;

    public RequestWriter(LoadTarget target)
    {
        var address = target.Address;
        _hasBody = target.Payloads is not null || target.Sessions is not null;
        var extra = string.Concat(target.Headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
        var common = $" {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nUser-Agent: assay\r\n{extra}";
        _opening = Encoding.UTF8.GetBytes($"HEAD{common}\r\n");
        _first = Encoding.UTF8.GetBytes(
            $"{(_hasBody ? "POST" : "GET")}{common}{(_hasBody ? $"Content-Type: {target.ContentType}\r\n" : "")}x-request-id: ");
    }

    /// <summary>All that is wrong with the headers; null when they can be sent.</summary>
    public static string? Problem(LoadTarget target) => target.Headers
        .Where(header => header.Key.Length == 0 || header.Key.Any(c => !char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)) || header.Value.Any(char.IsControl))
        .Select(header => $"the header '{header.Key}' cannot be sent; expected a name of letters, digits and '-', and a value in one line")
        .FirstOrDefault();

    public void Write(in PlannedRequest planned, PieceBuffer buffer)
    {
        if (planned.IsOpening)
        {
            buffer.Append(_opening);
            return;
        }

        buffer.Append(_first);
        Write(planned.Index, buffer);
        if (_hasBody)
        {
            buffer.Append("\r\nContent-Length: "u8);
            Write(planned.Request.Body.Length, buffer);
        }

        buffer.Append("\r\n\r\n"u8);
        buffer.Append(planned.Request.Body.Span);
    }

    static void Write(int number, PieceBuffer buffer)
    {
        const int MostDigits = 11;
        Utf8Formatter.TryFormat(number, buffer.Reserve(MostDigits), out var written);
        buffer.Commit(written);
    }
}
