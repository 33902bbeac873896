using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Assay.Models;

namespace Assay.Results;

/// <summary>Writes records by hand: it is several times faster than a serializer, and a run may have millions.</summary>
static class RecordWriter
{
    public static void Write(Utf8JsonWriter writer, Record record)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, record.Id);
        writer.WriteString("stage"u8, record.Stage);
        WriteText(writer, "task"u8, record.Task);
        writer.WriteString("model"u8, record.Model);
        WriteText(writer, "filter"u8, record.Filter);
        WriteNumber(writer, "fold"u8, record.Fold);
        WriteNumber(writer, "repeat"u8, record.Repeat);
        if (record.Input is { } input)
        {
            writer.WritePropertyName("input"u8);
            input.WriteTo(writer);
        }

        writer.WriteString("target"u8, record.Target);
        writer.WriteString("output"u8, record.Output);
        WriteText(writer, "reasoning"u8, record.Reasoning);
        writer.WriteString("answer"u8, record.Answer);
        writer.WriteString("outcome"u8, OutcomeName.Of(record.Outcome));
        WriteScores(writer, record.Scores);
        WriteLists(writer, record);
        WriteText(writer, "reason"u8, record.Reason);
        WriteText(writer, "cluster"u8, record.Cluster);
        WriteNumber(writer, "seconds"u8, record.Seconds);
        WriteNumber(writer, "input_tokens"u8, record.InputTokens);
        WriteNumber(writer, "output_tokens"u8, record.OutputTokens);
        WriteNumber(writer, "cost"u8, record.Cost);
        WriteSpent(writer, record.Spent);
        WriteNumber(writer, "run_seconds"u8, record.RunSeconds);
        writer.WriteEndObject();
    }

    static void WriteSpent(Utf8JsonWriter writer, Spending? spent)
    {
        if (spent is not null)
        {
            writer.WriteStartObject("spent"u8);
            writer.WriteNumber("calls"u8, spent.Calls);
            writer.WriteNumber("tokens"u8, spent.Tokens);
            WriteNumber(writer, "cost_usd"u8, spent.CostUsd);
            writer.WriteEndObject();
        }
    }

    static void WriteScores(Utf8JsonWriter writer, IReadOnlyDictionary<string, double> scores)
    {
        writer.WriteStartObject("scores"u8);
        foreach (var (metric, value) in scores)
        {
            writer.WritePropertyName(metric);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    static void WriteLists(Utf8JsonWriter writer, Record record)
    {
        if (record.Probabilities is { } probabilities)
        {
            writer.WriteStartArray("probabilities"u8);
            foreach (var probability in probabilities)
            {
                WriteValue(writer, probability);
            }

            writer.WriteEndArray();
        }

        if (record.Tags is { } tags)
        {
            writer.WriteStartObject("tags"u8);
            foreach (var (column, value) in tags)
            {
                writer.WriteString(column, value);
            }

            writer.WriteEndObject();
        }
    }

    static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> key, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(key, value);
        }
    }

    static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> key, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(key, number);
        }
    }

    static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> key, double? value)
    {
        if (value is { } number)
        {
            writer.WritePropertyName(key);
            WriteValue(writer, number);
        }
    }

    // JSON has no NaN and no infinity: null stands for a number that is undefined. Of the others the shortest text that reads back the same.
    static void WriteValue<T>(Utf8JsonWriter writer, T value)
        where T : struct, IBinaryFloatingPointIeee754<T>
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
