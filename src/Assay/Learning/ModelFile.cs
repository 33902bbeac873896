using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    public static void Write(string path, ModelDescription description, IReadOnlyList<NamedTensor> tensors)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["version"] = Version.ToString(CultureInfo.InvariantCulture),
            ["model"] = JsonSerializer.Serialize(description, _json),
        };
        var beside = path + ".partial";
        try
        {
            File.WriteAllBytes(beside, Safetensors.ToBytes(metadata, tensors));
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the model cannot be written ({e.Message}) A file in a folder that exists and may be written is expected. Choose another place.", e);
        }
    }

    public static (ModelDescription Description, FittedModel Model) Read(string path)
    {
        try
        {
            var (metadata, tensors) = Safetensors.Parse(File.ReadAllBytes(path));
            CheckVersion(path, metadata);
            var description = JsonSerializer.Deserialize<ModelDescription>(metadata["model"], _json) ?? throw new FormatException("its description is empty");
            var shape = new TargetShape(TargetKind.Classes, description.Classes.Length);
            return (description, description.Model.Restore(description.Preparation.FeatureNames.Length, shape, tensors));
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
}
