using System.Collections.Immutable;
using System.Text.Json;
using Assay.Data;

namespace Assay.Models;

/// <summary>What the metadata of a V2 model tells a client.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Inputs">The columns it wants.</param>
/// <param name="Classes">In the order of the probabilities: <c>parameters.classes</c>, our extension of the protocol.</param>
sealed record V2Metadata(string Name, ImmutableArray<InputColumn> Inputs, ImmutableArray<string> Classes)
{
    /// <summary>Reads the body of <c>GET /v2/models/{model}</c>.</summary>
    /// <exception cref="V2Exception">It is not such a body.</exception>
    public static V2Metadata Read(ReadOnlyMemory<byte> body, Uri address)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return new V2Metadata(
                root.GetProperty("name").GetString()!,
                [.. root.GetProperty("inputs").EnumerateArray().Select(input => ReadInput(input, address))],
                [.. root.GetProperty("parameters").GetProperty("classes").EnumerateArray().Select(name => name.GetString()!)]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new V2Exception(
                $"{address} answered no metadata of a V2 classifier: {V2Reply.Shown(body.Span)} Expected JSON with \"name\", \"inputs\" and "
                + "\"parameters\": {\"classes\": [...]}. Check the address and that the server states the classes of the model.",
                Outcome.Error, null, exception);
        }
    }

    static InputColumn ReadInput(JsonElement input, Uri address)
    {
        var name = input.GetProperty("name").GetString()!;
        var datatype = input.GetProperty("datatype").GetString()!;
        return V2Datatype.KindOf(datatype) is { } kind
            ? new InputColumn(name, kind)
            : throw new V2Exception(
                $"{address} gives input '{name}' the datatype '{datatype}'. Expected FP*, INT*, UINT*, BOOL or BYTES.", Outcome.Error);
    }
}
