using System.Text;
using System.Text.Json;

namespace Assay.Results;

/// <summary>
/// Strings by their UTF-8, so that the names of tasks, models and metrics, which are the same in a million records, are made once a thread. A direct-mapped
/// table: another name in the same place only makes the string anew.
/// </summary>
static class NameCache
{
    const int Places = 512;
    const int Longest = 64;

    [ThreadStatic]
    static string?[]? _names;

    /// <summary>The key or text the reader stands on.</summary>
    public static string Get(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.HasValueSequence || reader.ValueSpan.Length > Longest || reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return reader.GetString()!;
        }

        var text = reader.ValueSpan;
        var hash = default(HashCode);
        hash.AddBytes(text);
        ref var place = ref (_names ??= new string?[Places])[hash.ToHashCode() & (Places - 1)];
        Span<char> characters = stackalloc char[Longest];
        if (place is not null && Encoding.UTF8.TryGetChars(text, characters, out var length) && place.AsSpan().SequenceEqual(characters[..length]))
        {
            return place;
        }

        return place = reader.GetString()!;
    }
}
