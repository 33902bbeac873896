using System.Text.Json;
using Assay.Data;
using Assay.Models;

namespace Assay.Web.Serving;

/// <summary>Reads an input tensor into a column: shape [n] or [n,1], data nested or flat, null for a missing value.</summary>
static class V2Tensor
{
    public static Column Read(JsonElement tensor, InputColumn input)
    {
        var datatype = Datatype(tensor, input);
        var rows = Rows(tensor, input);
        if (!tensor.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw new UserErrorException($"Input '{input.Name}' has no \"data\". Expected an array of {rows}.");
        }

        var values = new List<JsonElement>(data.GetArrayLength());
        Flatten(data, values);
        if (values.Count != rows)
        {
            throw new UserErrorException($"Input '{input.Name}' has {values.Count} values in \"data\", its \"shape\" says {rows}.");
        }

        return input.Kind == ColumnKind.Category
            ? CategoryColumn.FromTexts(input.Name, [.. values.Select(value => Text(value, input))])
            : new NumericColumn(input.Name, input.Kind, [.. values.Select(value => Number(value, input, datatype))]);
    }

    // A whole number may fill a column of real ones and, value by value, the other way round.
    static string Datatype(JsonElement tensor, InputColumn input)
    {
        var found = tensor.TryGetProperty("datatype", out var datatype) && datatype.ValueKind == JsonValueKind.String ? datatype.GetString()! : "";
        var kind = V2Datatype.KindOf(found);
        var fits = input.Kind is ColumnKind.Number or ColumnKind.Integer
            ? kind is ColumnKind.Number or ColumnKind.Integer
            : kind == input.Kind;
        return fits ? found : throw new UserErrorException($"Input '{input.Name}' has datatype '{found}'. Expected {V2Datatype.Of(input.Kind)}.");
    }

    static long Rows(JsonElement tensor, InputColumn input)
    {
        if (tensor.TryGetProperty("shape", out var shape) && shape.ValueKind == JsonValueKind.Array && shape.GetArrayLength() is 1 or 2
            && shape[0].ValueKind == JsonValueKind.Number && shape[0].TryGetInt64(out var rows) && rows > 0
            && (shape.GetArrayLength() == 1 || shape[1].GetRawText() == "1"))
        {
            return rows;
        }

        throw new UserErrorException(
            $"Input '{input.Name}' has shape {(shape.ValueKind == JsonValueKind.Undefined ? "(none)" : shape.GetRawText())}. Expected [n] or [n,1] with n >= 1.");
    }

    static void Flatten(JsonElement data, List<JsonElement> values)
    {
        foreach (var element in data.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                Flatten(element, values);
            }
            else
            {
                values.Add(element);
            }
        }
    }

    static string? Text(JsonElement value, InputColumn input) => value.ValueKind is JsonValueKind.String or JsonValueKind.Null
        ? value.GetString()
        : throw Unfit(value, input, "a text");

    static double Number(JsonElement value, InputColumn input, string datatype) => (value.ValueKind, input.Kind) switch
    {
        (JsonValueKind.Null, _) => double.NaN,
        (JsonValueKind.True, ColumnKind.Boolean) => 1,
        (JsonValueKind.False, ColumnKind.Boolean) => 0,
        (JsonValueKind.Number, ColumnKind.Boolean) when value.GetDouble() is var number and (0 or 1) => number,
        (_, ColumnKind.Boolean) => throw Unfit(value, input, "true, false"),
        (JsonValueKind.Number, _) => Rounded(value, input, datatype),
        _ => throw Unfit(value, input, "a number"),
    };

    // A text such as 0.1 in an FP32 tensor means the float nearest to it, and that is what the model must see.
    static double Rounded(JsonElement value, InputColumn input, string datatype)
    {
        var number = value.GetDouble();
        number = datatype switch { "FP32" => (float)number, "FP16" => (double)(Half)number, _ => number };
        var wholeOnly = input.Kind == ColumnKind.Integer || V2Datatype.KindOf(datatype) == ColumnKind.Integer;
        return !double.IsFinite(number) ? throw Unfit(value, input, "a finite number")
            : wholeOnly && !double.IsInteger(number) ? throw Unfit(value, input, "a whole number")
            : number;
    }

    static UserErrorException Unfit(JsonElement value, InputColumn input, string expected) =>
        new($"Input '{input.Name}' has {value.GetRawText()} in \"data\". Expected {expected} or null.");
}
