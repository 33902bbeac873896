using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

// A state of training as one safetensors file: tensors 'weights', 'optimizer' and 'best', as they stand in memory; the rest as JSON in the
// metadata, with what the training is of.
sealed class CheckpointFile
{
    const string Format = "assay-checkpoint";
    const string Version = "1";

    static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    readonly Checkpoint _options;
    readonly Dictionary<string, string> _of;

    public CheckpointFile(Checkpoint options, Sequential network, in RowSet rows, in RowSet watched)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Every, 1);
        _options = options;
        _of = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["version"] = Version,
            ["rows"] = Fingerprint(rows, watched),
            ["options"] = JsonSerializer.Serialize(network.Options with { Epochs = 1 }, _json),
            ["seed"] = network.Seed.ToString(CultureInfo.InvariantCulture),
        };
    }

    public void Write(TrainingState state, float[] weights, bool last)
    {
        if (!last && state.Epochs.Count % _options.Every != 0)
        {
            return;
        }

        var tensors = new List<NamedTensor> { new("weights", [weights.Length], weights), new("optimizer", [state.Optimizer.Length], state.Optimizer) };
        if (state.EarlyStopping?.BestWeights is { } best)
        {
            tensors.Add(new NamedTensor("best", [best.Length], best));
        }

        var metadata = new Dictionary<string, string>(_of) { ["state"] = JsonSerializer.Serialize(state.Marks, _json) };
        try
        {
            var beside = _options.Path + ".partial";
            File.WriteAllBytes(beside, Safetensors.ToBytes(metadata, tensors));
            File.Move(beside, _options.Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{_options.Path}: the checkpoint cannot be written ({e.Message}) A file in a folder that exists and may be written is expected. Choose another place.", e);
        }
    }

    // Leaves the state as it is where there is nothing to go on from.
    public void Resume(TrainingState state, float[] weights)
    {
        if (!_options.Resume || !File.Exists(_options.Path))
        {
            return;
        }

        try
        {
            var (metadata, tensors) = Safetensors.Parse(File.ReadAllBytes(_options.Path));
            foreach (var (key, expected) in _of)
            {
                if (metadata.GetValueOrDefault(key) != expected)
                {
                    throw new UserErrorException($"{_options.Path}: the checkpoint is of a training with another {key}. To go on, all must be as it was. Restore it, or start without resuming.");
                }
            }

            Fill(tensors["weights"], weights);
            Fill(tensors["optimizer"], state.Optimizer);
            state.Restore(JsonSerializer.Deserialize<TrainingMarks>(metadata["state"], _json) ?? throw new FormatException("its state is empty"));
            if (tensors.TryGetValue("best", out var best))
            {
                state.EarlyStopping?.Restore(best.Values);
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserErrorException($"{_options.Path}: the checkpoint cannot be read ({e.Message.TrimEnd('.')}). A whole one is expected. Delete it to start again.", e);
        }
    }

    static void Fill(NamedTensor source, float[] target)
    {
        if (source.Values.Length != target.Length)
        {
            throw new FormatException($"tensor '{source.Name}' does not have the size of the network");
        }

        source.Values.CopyTo(target, 0);
    }

    static string Fingerprint(in RowSet rows, in RowSet watched)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(rows.Features));
        hash.AppendData(MemoryMarshal.AsBytes(rows.Targets));
        hash.AppendData(MemoryMarshal.AsBytes(rows.Weights));
        hash.AppendData(MemoryMarshal.AsBytes(watched.Features));
        hash.AppendData(MemoryMarshal.AsBytes(watched.Targets));
        hash.AppendData(MemoryMarshal.AsBytes(watched.Weights));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
