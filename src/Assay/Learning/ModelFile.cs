using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assay.Learning.Baselines;
using Assay.Learning.Calibration;
using Assay.Learning.Linear;
using Assay.Learning.Networks;

namespace Assay.Learning;

// A trained model as one safetensors file: what was learned as its tensors; everything else as JSON in the metadata.
static class ModelFile
{
    const string Format = "assay-model";
    const int Version = 2;

    // The kinds of models by the names they have in the file.
    static readonly JsonDerivedType[] _kinds =
    [
        new(typeof(SequentialOptions), "sequential"), new(typeof(LogisticOptions), "logistic"), new(typeof(LinearOptions), "linear"),
        new(typeof(RidgeOptions), "ridge"), new(typeof(MajorityOptions), "majority"), new(typeof(MeanOptions), "mean"),
    ];

    static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
        IgnoreReadOnlyProperties = false,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds } },
    };

    // The model's own text: what two trainings must share to be the same.
    public static string TextOf(ModelOptions model) => JsonSerializer.Serialize(model, _json);

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

    public static (ModelDescription Description, FittedModel Model, FittedCalibration? Calibration) Read(string path)
    {
        try
        {
            var (metadata, tensors) = Safetensors.Parse(File.ReadAllBytes(path));
            CheckVersion(path, metadata);
            var description = JsonSerializer.Deserialize<ModelDescription>(metadata["model"], _json) ?? throw new FormatException("its description is empty");
            var calibration = description.Calibrated is { } method ? FittedCalibration.Restore(method, description.Outputs.Names.Length, tensors) : null;
            return (description, Restore(description, tensors), calibration);
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

    static FittedModel Restore(ModelDescription description, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        var outputs = description.Outputs;
        if (outputs.Names.IsDefaultOrEmpty || (!description.Scales.IsEmpty && description.Scales.Length != outputs.Names.Length))
        {
            throw new FormatException("it does not say what it predicts");
        }

        var shape = new TargetShape(outputs.Kind, outputs.Names.Length);
        return description.Model.Problems(shape) is { IsEmpty: false } problems
            ? throw new FormatException(problems[0])
            : description.Model.Restore(description.Preparation.FeatureNames.Length, shape, tensors);
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
            throw new UserErrorException(
                $"{path}: the model file has version {version}. This program reads version {Version}. {(version == "1" ? "Train it again" : "Use a newer program, or train again")}.");
        }
    }

    static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type != typeof(ModelOptions))
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var kind in _kinds)
        {
            type.PolymorphismOptions.DerivedTypes.Add(kind);
        }
    }
}
