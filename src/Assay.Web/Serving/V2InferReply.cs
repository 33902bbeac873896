using System.Text.Json;
using Assay.Learning;
using Assay.Models;

namespace Assay.Web.Serving;

/// <summary>The answer to an inference request.</summary>
static class V2InferReply
{
    /// <summary>JSON has no NaN, and a client must not take a short answer for a whole one.</summary>
    public static void Check(float[] answers, int rows, ServedModel model)
    {
        var outputs = model.Predictor.Outputs;
        var (what, of, width) = outputs.Kind == TargetKind.Classes ? ("probabilities", "classes", outputs.Names.Length) : ("numbers", "targets", outputs.Names.Length);
        if (answers.Length != rows * width)
        {
            throw new InvalidOperationException($"it gave {answers.Length} {what} for {rows} rows of {width} {of}.");
        }

        var odd = Array.FindIndex(answers, value => !float.IsFinite(value));
        if (odd >= 0)
        {
            var name = outputs.Names[odd % width];
            throw new InvalidOperationException($"the {(outputs.Kind == TargetKind.Classes ? "probability" : "number")} of '{name}' in row {odd / width} is not a number.");
        }
    }

    public static void Write(Utf8JsonWriter writer, ServedModel model, V2InferRequest request, float[] answers)
    {
        var rows = request.Rows.RowCount;
        writer.WriteString("model_name", model.Name);
        writer.WriteString("model_version", model.Version);
        if (request.Id is not null)
        {
            writer.WriteString("id", request.Id);
        }

        writer.WriteStartArray("outputs");
        foreach (var output in request.Outputs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", output);
            if (output == V2Tensors.Label)
            {
                WriteLabels(writer, rows, model.Predictor.Outputs.Names, answers);
            }
            else
            {
                WriteNumbers(writer, rows, model.Predictor.Outputs.Names.Length, answers);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // The writer gives the shortest text that reads back to the same float.
    static void WriteNumbers(Utf8JsonWriter writer, int rows, int width, float[] answers)
    {
        writer.WriteString("datatype", "FP32");
        writer.WriteShape(rows, width);
        writer.WriteStartArray("data");
        foreach (var value in answers)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    // Of equal probabilities, the first class wins.
    static void WriteLabels(Utf8JsonWriter writer, int rows, IReadOnlyList<string> classes, float[] probabilities)
    {
        writer.WriteString("datatype", "BYTES");
        writer.WriteShape(rows);
        writer.WriteStartArray("data");
        for (var row = 0; row < rows; row++)
        {
            var best = 0;
            for (var c = 1; c < classes.Count; c++)
            {
                best = probabilities[(row * classes.Count) + c] > probabilities[(row * classes.Count) + best] ? c : best;
            }

            writer.WriteStringValue(classes[best]);
        }

        writer.WriteEndArray();
    }
}
