using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Results;

// JSON has no NaN and no infinity: null stands for a number that is undefined.
sealed class FiniteNumber<T> : JsonConverter<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    public override bool HandleNull => true;

    // A float is read as one: by way of double it would be rounded twice.
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? T.NaN
        : typeof(T) == typeof(float) ? T.CreateChecked(reader.GetSingle())
        : T.CreateChecked(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[32];
        if (T.IsFinite(value) && value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture))
        {
            writer.WriteRawValue(text[..length], skipInputValidation: true);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
