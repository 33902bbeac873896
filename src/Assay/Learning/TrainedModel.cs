using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>A preparation and a trained network: raw rows in, class probabilities out. Immutable, thread-safe.</summary>
public sealed class TrainedModel : IPredictor
{
    // Rows that are prepared at a time: bounds the memory, and how long a cancellation takes.
    const int ChunkRows = 4096;

    readonly FittedPreparation _preparation;
    readonly FittedModel _model;

    internal TrainedModel(string name, ImmutableArray<string> classes, FittedPreparation preparation, SequentialOptions options, FittedModel model)
    {
        Name = name;
        Classes = classes;
        _preparation = preparation;
        Options = options;
        _model = model;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The raw columns it wants.</summary>
    public ImmutableArray<InputColumn> Inputs => _preparation.Inputs;

    /// <summary>What the network sees after the preparation, by name.</summary>
    public ImmutableArray<string> Features => _preparation.FeatureNames;

    /// <summary>The network and how it was trained.</summary>
    public SequentialOptions Options { get; }

    /// <summary>Weights of the network.</summary>
    public int ParameterCount => _model.ParameterCount;

    /// <inheritdoc/>
    public ValueTask<float[]> PredictAsync(Table rows, CancellationToken cancellationToken) => new(Predict(rows, cancellationToken));

    /// <summary>As <see cref="PredictAsync"/>, on the caller's thread. A row's probabilities have the same bits whatever rows come with it.</summary>
    /// <param name="rows">Raw rows; columns are found by name.</param>
    /// <param name="cancellationToken">Looked at every few thousand rows.</param>
    /// <exception cref="UserErrorException">A column is absent, of another kind, or holds what the preparation cannot take.</exception>
    public float[] Predict(Table rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var wanted = Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = new Table([.. rows.Columns.Where(column => wanted.Contains(column.Name))]);
        var probabilities = new float[rows.RowCount * Classes.Count];
        for (var start = 0; start < rows.RowCount; start += ChunkRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkRows, rows.RowCount - start);
            var chunk = _preparation.Apply(count == rows.RowCount ? inputs : inputs.Select([.. Enumerable.Range(start, count)]));
            _model.Predict(chunk.Values, cancellationToken).CopyTo(probabilities, start * Classes.Count);
        }

        return probabilities;
    }

    /// <summary>Writes one safetensors file, beside its place first and then moved there.</summary>
    /// <param name="path">An existing file is replaced.</param>
    /// <exception cref="UserErrorException">The place cannot be written.</exception>
    public void Save(string path) => ModelFile.Write(path, new ModelDescription(Name, [.. Classes], _preparation, Options), _model.Tensors);

    /// <summary>Reads what <see cref="Save"/> wrote: the same model, bit for bit.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserErrorException">It is absent, no model, damaged, or of a newer version.</exception>
    public static TrainedModel Load(string path)
    {
        var (description, model) = ModelFile.Read(path);
        return new TrainedModel(description.Name, description.Classes, description.Preparation, description.Model, model);
    }
}
