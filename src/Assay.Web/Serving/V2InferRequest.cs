using System.Collections.Immutable;
using System.Text.Json;
using Assay.Data;
using Assay.Learning;
using Assay.Models;

namespace Assay.Web.Serving;

/// <summary>An inference request that fits its model.</summary>
/// <param name="Id">To be echoed; null when there was none.</param>
/// <param name="Rows">A column per input of the model, at least one row.</param>
/// <param name="Outputs">Which outputs to send, in this order.</param>
sealed record V2InferRequest(string? Id, Table Rows, ImmutableArray<string> Outputs)
{
    /// <exception cref="UserErrorException">The body does not fit the protocol or the model.</exception>
    public static V2InferRequest Read(ReadOnlyMemory<byte> body, ImmutableArray<InputColumn> inputs, TargetKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("inputs", out var tensors) || tensors.ValueKind != JsonValueKind.Array)
            {
                throw new UserErrorException("The body has no \"inputs\". Expected {\"inputs\": [{\"name\", \"shape\", \"datatype\", \"data\"}, ...]}.");
            }

            return new V2InferRequest(ReadId(root), ReadRows(tensors, inputs), ReadOutputs(root, kind == TargetKind.Classes ? [V2Tensors.Probabilities, V2Tensors.Label] : [V2Tensors.Predictions]));
        }
        catch (JsonException exception)
        {
            throw new UserErrorException($"The body is not JSON: {exception.Message} Expected {{\"inputs\": [...]}}.", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new UserErrorException("A text in the body is not valid UTF-8.", exception);
        }
    }

    static string? ReadId(JsonElement root) => !root.TryGetProperty("id", out var id) || id.ValueKind == JsonValueKind.Null ? null
        : id.ValueKind == JsonValueKind.String ? id.GetString()
        : throw new UserErrorException($"\"id\" is {id.GetRawText()}. Expected a text.");

    static Table ReadRows(JsonElement tensors, ImmutableArray<InputColumn> inputs)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var tensor in tensors.EnumerateArray())
        {
            var name = NameOf(tensor, "inputs");
            if (!given.TryAdd(name, tensor))
            {
                throw new UserErrorException($"Input '{name}' stands twice.");
            }
        }

        var names = inputs.Select(input => input.Name).ToArray();
        var unknown = given.Keys.Except(names).Select(name => $"unknown input '{name}'");
        var problems = names.Except(given.Keys).Select(name => $"input '{name}' is missing").Concat(unknown).ToArray();
        if (problems.Length > 0)
        {
            throw new UserErrorException($"{string.Join("; ", problems)}. Expected: {string.Join(", ", names)}.");
        }

        var columns = inputs.Select(input => V2Tensor.Read(given[input.Name], input)).ToArray();
        if (columns.FirstOrDefault(column => column.Length != columns[0].Length) is { } odd)
        {
            throw new UserErrorException(
                $"Input '{odd.Name}' has {odd.Length} rows, input '{columns[0].Name}' has {columns[0].Length}. Expected the same of each.");
        }

        return new Table(columns);
    }

    static ImmutableArray<string> ReadOutputs(JsonElement root, ImmutableArray<string> known)
    {
        if (!root.TryGetProperty("outputs", out var outputs) || outputs.ValueKind == JsonValueKind.Null)
        {
            return known;
        }

        if (outputs.ValueKind != JsonValueKind.Array)
        {
            throw new UserErrorException($"\"outputs\" is {outputs.GetRawText()}. Expected [{{\"name\": \"{known[0]}\"}}].");
        }

        ImmutableArray<string> chosen = [.. outputs.EnumerateArray().Select(output => NameOf(output, "outputs")).Distinct()];
        var unknown = chosen.FirstOrDefault(name => !known.Contains(name));
        return unknown is not null
            ? throw new UserErrorException($"There is no output '{unknown}'. Expected: {string.Join(", ", known)}.")
            : chosen.IsEmpty ? known : chosen;
    }

    static string NameOf(JsonElement tensor, string list) =>
        tensor.ValueKind == JsonValueKind.Object && tensor.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw new UserErrorException($"An element of \"{list}\" has no \"name\".");
}
