using System.Text.Json;
using Assay.Learning;
using Assay.Models;

namespace Assay.Web.Serving;

/// <summary>Metadata of the server and its models.</summary>
static class V2Description
{
    static readonly string _version = typeof(V2Description).Assembly.GetName().Version!.ToString(3);

    public static void WriteServer(Utf8JsonWriter writer)
    {
        writer.WriteString("name", "assay");
        writer.WriteString("version", _version);
        writer.WriteTexts("extensions", ["missing_as_null", "classes", "targets"]);
    }

    public static void WriteModel(Utf8JsonWriter writer, ServedModel model, IEnumerable<string> versions)
    {
        writer.WriteString("name", model.Name);
        writer.WriteTexts("versions", versions);
        writer.WriteString("platform", "assay");
        writer.WriteStartArray("inputs");
        foreach (var input in model.Inputs)
        {
            WriteTensor(writer, input.Name, V2Datatype.Of(input.Kind), -1);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("outputs");
        var outputs = model.Predictor.Outputs;
        WriteTensor(writer, V2Tensors.Of(outputs.Kind), "FP32", -1, outputs.Names.Length);
        if (outputs.Kind == TargetKind.Classes)
        {
            WriteTensor(writer, V2Tensors.Label, "BYTES", -1);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("parameters");
        writer.WriteTexts(outputs.Kind == TargetKind.Classes ? "classes" : "targets", outputs.Names);
        writer.WriteEndObject();
    }

    static void WriteTensor(Utf8JsonWriter writer, string name, string datatype, params ReadOnlySpan<int> shape)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("datatype", datatype);
        writer.WriteShape(shape);
        writer.WriteEndObject();
    }
}
