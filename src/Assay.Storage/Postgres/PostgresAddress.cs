using Npgsql;

namespace Assay.Storage.Postgres;

/// <summary>Where a PostgreSQL store is.</summary>
static class PostgresAddress
{
    const int DefaultPort = 5432;

    /// <summary>Whether it is an address and not the path of a file.</summary>
    public static bool Is(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("host=", StringComparison.OrdinalIgnoreCase) || text.StartsWith("server=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads either form.</summary>
    /// <exception cref="UserErrorException">It is neither; the message holds nothing of the text, for it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var builder = text.Contains("://", StringComparison.Ordinal) ? OfUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(builder.Host) ? throw new FormatException("it names no host.") : builder;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // The library's own messages may quote the text.
            throw new UserErrorException(
                $"The address of the PostgreSQL store cannot be read{(e is UriFormatException or ArgumentException ? "" : $": {e.Message}")} "
                + "Expected postgres://user@host:5432/database, with a password in PGPASSWORD, or Host=...;Database=...;Username=... Correct --store or ASSAY_STORE.");
        }
    }

    /// <summary>Without user and password.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder builder) => $"postgres://{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username}";

    static NpgsqlConnectionStringBuilder OfUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host), Port = uri.Port > 0 ? uri.Port : DefaultPort };
        if (uri.AbsolutePath.Length > 1)
        {
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        }

        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var key, var text] ? (key, Uri.UnescapeDataString(text)) : throw new FormatException("a parameter has no value.");

            // libpq's names and values beside the library's: sslmode=verify-full, application_name=x.
            builder[name == "sslmode" ? "SSL Mode" : name.Replace('_', ' ')] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder;
    }
}
