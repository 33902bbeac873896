using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Learning.Tuning;

/// <summary>What a parameter is set to: a number or a text. In JSON it is the one or the other.</summary>
[JsonConverter(typeof(Json))]
public readonly record struct ParameterValue
{
    /// <summary>A number.</summary>
    /// <param name="number">Finite.</param>
    public ParameterValue(double number)
    {
        Number = number;
    }

    /// <summary>A text.</summary>
    public ParameterValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Number = double.NaN;
        Text = text;
    }

    /// <summary>NaN when it is a text.</summary>
    public double Number { get; }

    /// <summary>Null when it is a number.</summary>
    public string? Text { get; }

    /// <summary>A number as itself.</summary>
    public static implicit operator ParameterValue(double number)
    {
        return new(number);
    }

    /// <summary>A text as itself.</summary>
    public static implicit operator ParameterValue(string text)
    {
        return new(text);
    }

    /// <summary>The text, or the number in the fewest digits that give it back.</summary>
    public override string ToString() => Text ?? Number.ToString("R", CultureInfo.InvariantCulture);

    sealed class Json : JsonConverter<ParameterValue>
    {
        public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? new(reader.GetString()!) : new(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
        {
            if (value.Text is { } text)
            {
                writer.WriteStringValue(text);
            }
            else
            {
                writer.WriteNumberValue(value.Number);
            }
        }
    }
}
