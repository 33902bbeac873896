using System.Collections.Immutable;
using System.Text.Json;
using Assay.Data;
using Assay.Learning;

namespace Assay.Models;

/// <summary>What the metadata of a V2 model tells a client.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Inputs">The columns it wants.</param>
/// <param name="Outputs"><c>parameters.classes</c> in the order of the probabilities, or <c>parameters.targets</c> in that of the numbers: our extension of the protocol.</param>
sealed record V2Metadata(string Name, ImmutableArray<InputColumn> Inputs, OutputNames Outputs)
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
                ReadOutputs(root.GetProperty("parameters")));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new V2Exception(
                $"{address} answered no metadata of a V2 model of a table: {V2Reply.Shown(body.Span)} Expected JSON with \"name\", \"inputs\" and "
                + "\"parameters\": {\"classes\": [...]} or {\"targets\": [...]}. Check the address and that the server states what the model answers.",
                Outcome.Error, null, exception);
        }
    }

    static OutputNames ReadOutputs(JsonElement parameters)
    {
        var isNumbers = parameters.TryGetProperty("targets", out var names);
        names = isNumbers ? names : parameters.GetProperty("classes");
        return new OutputNames(isNumbers ? TargetKind.Numbers : TargetKind.Classes, [.. names.EnumerateArray().Select(name => name.GetString()!)]);
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
