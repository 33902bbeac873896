using System.Text.Json;

namespace Assay.Web.Serving;

/// <summary>The answer to an inference request.</summary>
static class V2InferReply
{
    public const string Probabilities = "probabilities";
    public const string Label = "label";

    /// <summary>JSON has no NaN, and a client must not take a short answer for a whole one.</summary>
    public static void Check(float[] probabilities, int rows, ServedModel model)
    {
        var classes = model.Predictor.Classes.Count;
        if (probabilities.Length != rows * classes)
        {
            throw new InvalidOperationException($"it gave {probabilities.Length} probabilities for {rows} rows of {classes} classes.");
        }

        var odd = Array.FindIndex(probabilities, value => !float.IsFinite(value));
        if (odd >= 0)
        {
            throw new InvalidOperationException($"the probability of '{model.Predictor.Classes[odd % classes]}' in row {odd / classes} is not a number.");
        }
    }

    public static void Write(Utf8JsonWriter writer, ServedModel model, V2InferRequest request, float[] probabilities)
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
            if (output == Probabilities)
            {
                WriteProbabilities(writer, rows, model.Predictor.Classes.Count, probabilities);
            }
            else
            {
                WriteLabels(writer, rows, model.Predictor.Classes, probabilities);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // The writer gives the shortest text that reads back to the same float.
    static void WriteProbabilities(Utf8JsonWriter writer, int rows, int classes, float[] probabilities)
    {
        writer.WriteString("datatype", "FP32");
        writer.WriteShape(rows, classes);
        writer.WriteStartArray("data");
        foreach (var value in probabilities)
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
