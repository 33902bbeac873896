using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Learning.Networks;

namespace Assay.Learning;

// A trained model as one safetensors file: the weights as tensors '0.kernel', '0.bias', '1.kernel', ...; everything else as JSON in the
// metadata.
static class ModelFile
{
    const string Format = "assay-model";
    const int Version = 1;

    static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write(string path, ModelDescription description, ImmutableArray<DenseWeights> weights)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["version"] = Version.ToString(CultureInfo.InvariantCulture),
            ["model"] = JsonSerializer.Serialize(description, _json),
        };
        var tensors = weights.SelectMany((layer, i) => new NamedTensor[]
        {
            new(Kernel(i), [layer.Kernel.Length / layer.Bias.Length, layer.Bias.Length], [.. layer.Kernel]),
            new(Bias(i), [layer.Bias.Length], [.. layer.Bias]),
        });
        var beside = path + ".partial";
        try
        {
            File.WriteAllBytes(beside, Safetensors.ToBytes(metadata, [.. tensors]));
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the model cannot be written ({e.Message}) A file in a folder that exists and may be written is expected. Choose another place.", e);
        }
    }

    public static (ModelDescription Description, Sequential Network) Read(string path)
    {
        try
        {
            var (metadata, tensors) = Safetensors.Parse(File.ReadAllBytes(path));
            CheckVersion(path, metadata);
            var description = JsonSerializer.Deserialize<ModelDescription>(metadata["model"], _json) ?? throw new FormatException("its description is empty");
            return (description, Network(description, tensors));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the model cannot be read ({e.Message}) A file that 'assay train --save' wrote is expected. Check the path.", e);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or ArgumentException or NotSupportedException)
        {
            throw new UserErrorException(
                $"{path}: the file is no whole model: {e.Message.TrimEnd('.')}. A file that 'assay train --save' wrote is expected. Copy it again, or train again.", e);
        }
    }

    static Sequential Network(ModelDescription description, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        if (description.Model.Problems(description.Classes.Length) is { IsEmpty: false } problems)
        {
            throw new FormatException(problems[0]);
        }

        var weights = ImmutableArray.CreateBuilder<DenseWeights>();
        var inputs = description.Preparation.FeatureNames.Length;
        foreach (var (i, layer) in description.Model.Layers.Index())
        {
            weights.Add(new DenseWeights(Values(tensors[Kernel(i)], inputs, layer.Units), Values(tensors[Bias(i)], layer.Units)));
            inputs = layer.Units;
        }

        return Sequential.FromWeights(description.Model, weights.ToImmutable());
    }

    static ImmutableArray<float> Values(NamedTensor tensor, params int[] shape) => tensor.Shape.SequenceEqual(shape)
        ? [.. tensor.Values]
        : throw new FormatException($"tensor '{tensor.Name}' does not have the shape of its layer");

    static void CheckVersion(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault("format") != Format)
        {
            throw new FormatException("its metadata does not say that it is one of Assay's");
        }

        var version = metadata.GetValueOrDefault("version");
        if (version != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new UserErrorException($"{path}: the model file has version {version}. This program reads version {Version}. Use a newer program, or train again.");
        }
    }

    static string Kernel(int layer) => string.Create(CultureInfo.InvariantCulture, $"{layer}.kernel");

    static string Bias(int layer) => string.Create(CultureInfo.InvariantCulture, $"{layer}.bias");
}
