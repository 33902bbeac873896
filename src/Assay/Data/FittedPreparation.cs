using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Assay.Data;

/// <summary>A preparation that learnt from training rows. Immutable, thread-safe; System.Text.Json brings it back bit for bit.</summary>
public sealed class FittedPreparation
{
    readonly ColumnEncoder[] _encoders;

    /// <summary>Made by <see cref="Preparation.Fit"/>, or read back.</summary>
    /// <param name="columns">In the order of their features.</param>
    [JsonConstructor]
    public FittedPreparation(ImmutableArray<FittedColumn> columns)
    {
        Columns = columns;
        Inputs = [.. columns.Select(column => column.Input)];
        _encoders = [.. columns.Select(column => new ColumnEncoder(column))];
        FeatureNames = [.. _encoders.SelectMany(encoder => encoder.Features)];
    }

    /// <summary>What was learnt, in the order of the training table.</summary>
    public ImmutableArray<FittedColumn> Columns { get; }

    /// <summary>The raw columns it wants, in the same order.</summary>
    [JsonIgnore]
    public ImmutableArray<InputColumn> Inputs { get; }

    /// <summary>The features it makes: <c>age</c>, <c>sex=female</c>.</summary>
    [JsonIgnore]
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>The features of any rows.</summary>
    /// <param name="rows">Columns are found by name; others are ignored.</param>
    /// <exception cref="UserErrorException">A column is absent or of another kind, or a number is missing or not within float32.</exception>
    public FeatureMatrix Apply(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var absent = Inputs.Where(input => rows.Find(input.Name) is null).Select(input => $"'{input.Name}'").ToArray();
        if (absent.Length > 0)
        {
            throw new UserErrorException(
                $"The rows lack {(absent.Length == 1 ? "the column" : "the columns")} {string.Join(", ", absent)} that the model was trained on. " +
                $"They have: {string.Join(", ", rows.Columns.Select(column => column.Name))}. Add what is absent.");
        }

        var values = new float[rows.RowCount * FeatureNames.Length];
        var offset = 0;
        foreach (var encoder in _encoders)
        {
            encoder.Write(rows[encoder.Name], values, offset, FeatureNames.Length);
            offset += encoder.Features.Length;
        }

        return new FeatureMatrix(values, rows.RowCount, FeatureNames);
    }
}
