using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Calibration;
using Assay.Learning.Networks;

namespace Assay.Learning;

/// <summary>A preparation and a trained model: raw rows in, class probabilities or numbers out. Immutable, thread-safe.</summary>
public sealed class TrainedModel : IPredictor
{
    // Rows that are prepared at a time: bounds the memory, and how long a cancellation takes.
    const int ChunkRows = 4096;

    readonly ModelDescription _description;
    readonly FittedModel _model;
    readonly FittedCalibration? _calibration;

    internal TrainedModel(ModelDescription description, FittedModel model, FittedCalibration? calibration)
    {
        _description = description;
        _model = model;
        _calibration = calibration;
    }

    /// <inheritdoc/>
    public string Name => _description.Name;

    /// <inheritdoc/>
    public OutputNames Outputs => _description.Outputs;

    /// <summary>The classes, in the order of the probabilities; empty for a model of numbers.</summary>
    public ImmutableArray<string> Classes => Outputs.Classes;

    /// <summary>The raw columns it wants.</summary>
    public ImmutableArray<InputColumn> Inputs => _description.Preparation.Inputs;

    /// <summary>What the model sees after the preparation, by name.</summary>
    public ImmutableArray<string> Features => _description.Preparation.FeatureNames;

    /// <summary>The model and how it was trained.</summary>
    public ModelOptions Options => _description.Model;

    /// <summary>How its probabilities were corrected; null: not.</summary>
    public CalibrationMethod? Calibrated => _description.Calibrated;

    /// <summary>Numbers that were learned, beside the preparation.</summary>
    public int ParameterCount => _model.ParameterCount;

    /// <summary>How its training went; kept in its file.</summary>
    public History History => _description.History;

    /// <inheritdoc/>
    public ValueTask<float[]> PredictAsync(Table rows, CancellationToken cancellationToken) => new(Predict(rows, cancellationToken));

    /// <summary>As <see cref="PredictAsync"/>, on the caller's thread. A row's answers have the same bits whatever rows come with it.</summary>
    /// <param name="rows">Raw rows; columns are found by name.</param>
    /// <param name="cancellationToken">Looked at every few thousand rows.</param>
    /// <exception cref="UserErrorException">A column is absent, of another kind, or holds what the preparation cannot take.</exception>
    public float[] Predict(Table rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var wanted = Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = new Table([.. rows.Columns.Where(column => wanted.Contains(column.Name))]);
        var width = Outputs.Names.Length;
        var answers = new float[rows.RowCount * width];
        for (var start = 0; start < rows.RowCount; start += ChunkRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkRows, rows.RowCount - start);
            var chunk = _description.Preparation.Apply(count == rows.RowCount ? inputs : inputs.Select([.. Enumerable.Range(start, count)]));
            Answer(_model.Predict(chunk.Values, cancellationToken), answers.AsSpan(start * width, count * width));
        }

        return answers;
    }

    /// <summary>Writes one safetensors file, beside its place first and then moved there.</summary>
    /// <param name="path">An existing file is replaced.</param>
    /// <exception cref="UserErrorException">The place cannot be written.</exception>
    public void Save(string path) => ModelFile.Write(path, _description, [.. _model.Tensors, .. _calibration?.Tensors ?? []]);

    /// <summary>Reads what <see cref="Save"/> wrote: the same model, bit for bit.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserErrorException">It is absent, no model, damaged, or of another version.</exception>
    public static TrainedModel Load(string path)
    {
        var (description, model, calibration) = ModelFile.Read(path);
        return new TrainedModel(description, model, calibration);
    }

    void Answer(float[] outputs, Span<float> answers)
    {
        (_calibration?.Apply(outputs) ?? outputs).CopyTo(answers);
        if (_description.Scales.IsEmpty)
        {
            return;
        }

        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = (float)_description.Scales[i % _description.Scales.Length].Undo(answers[i]);
        }
    }
}
