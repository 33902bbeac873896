using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Assay.Data;

namespace Assay.Models;

/// <summary>Bodies of <c>POST .../infer</c>: one input tensor of shape [rows] per column; a missing value is null, our extension of the protocol.</summary>
public static class V2Request
{
    /// <summary>All rows of a table.</summary>
    /// <inheritdoc cref="Write(Table, ImmutableArray{InputColumn}, Range, string)"/>
    public static byte[] Write(Table table, ImmutableArray<InputColumn> inputs) => Write(table, inputs, ..);

    /// <summary>UTF-8 JSON that asks for one output.</summary>
    /// <param name="table">Has a column for every input; others are not sent.</param>
    /// <param name="inputs">What the model wants, in the order in which they are sent.</param>
    /// <param name="rows">Which rows of the table.</param>
    /// <param name="output">Of <see cref="V2Tensors"/>.</param>
    /// <exception cref="UserErrorException">The table lacks a column, or a value does not fit the input's kind.</exception>
    public static byte[] Write(Table table, ImmutableArray<InputColumn> inputs, Range rows, string output = V2Tensors.Probabilities)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (first, count) = rows.GetOffsetAndLength(table.RowCount);
        var buffer = new ArrayBufferWriter<byte>(64 + (count * inputs.Length * 16));
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("inputs");
        foreach (var input in inputs)
        {
            WriteTensor(writer, table[input.Name], input, first, count);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("outputs");
        writer.WriteStartObject();
        writer.WriteString("name", output);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    static void WriteTensor(Utf8JsonWriter writer, Column column, InputColumn input, int first, int count)
    {
        writer.WriteStartObject();
        writer.WriteString("name", input.Name);
        writer.WriteStartArray("shape");
        writer.WriteNumberValue(count);
        writer.WriteEndArray();
        writer.WriteString("datatype", V2Datatype.Of(input.Kind));
        writer.WriteStartArray("data");
        for (var row = first; row < first + count; row++)
        {
            WriteValue(writer, column, input.Kind, row);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteValue(Utf8JsonWriter writer, Column column, ColumnKind kind, int row)
    {
        if (column.IsMissing(row))
        {
            writer.WriteNullValue();
        }
        else if (kind == ColumnKind.Category)
        {
            writer.WriteStringValue(column.Text(row));
        }
        else if (column is not NumericColumn numeric || !Fits(numeric.Values[row], kind))
        {
            throw new UserErrorException(
                $"'{column.Text(row)}' in column '{column.Name}', row {row + 1}, is no {kind} as the model expects. Correct the value, or leave the cell empty.");
        }
        else if (kind == ColumnKind.Boolean)
        {
            writer.WriteBooleanValue(numeric.Values[row] != 0);
        }
        else if (kind == ColumnKind.Integer)
        {
            writer.WriteNumberValue((long)numeric.Values[row]);
        }
        else
        {
            writer.WriteNumberValue(numeric.Values[row]);
        }
    }

    static bool Fits(double value, ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => value is 0 or 1,
        ColumnKind.Integer => double.IsInteger(value) && Math.Abs(value) < long.MaxValue,
        ColumnKind.Number or ColumnKind.Category or ColumnKind.Date or ColumnKind.Text or _ => double.IsFinite(value),
    };
}
