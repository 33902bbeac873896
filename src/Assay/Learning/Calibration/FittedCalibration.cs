using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Learning.Calibration;

/// <summary>
/// Corrects a classifier's probabilities so that of the rows given 0.8 about 80 % are of the class. Two classes: the second's probability is
/// corrected. More: each class's alone, against all others, then scaled to sum to 1 (equal where all are 0): scikit-learn's
/// CalibratedClassifierCV (1.2.1). Immutable, thread-safe.
/// </summary>
public sealed class FittedCalibration
{
    readonly ImmutableArray<ClassCalibration> _maps;

    FittedCalibration(CalibrationMethod method, int classes, ImmutableArray<ClassCalibration> maps)
    {
        (Method, Classes, _maps) = (method, classes, maps);
    }

    /// <summary>How it was fitted.</summary>
    public CalibrationMethod Method { get; }

    /// <summary>2 or more.</summary>
    public int Classes { get; }

    internal IReadOnlyList<NamedTensor> Tensors => [.. _maps.SelectMany((map, i) => map.Tensors(Name(i)))];

    /// <summary>Learns the correction from rows that the model was not trained on: out-of-fold predictions, or a set of their own.</summary>
    /// <param name="probabilities">Element <c>row * classes + c</c>.</param>
    /// <param name="labels">The row's class, from 0.</param>
    /// <param name="classes">2 or more.</param>
    /// <param name="method">The form of the correction.</param>
    /// <param name="weights">How much each row counts, 0 or more; empty for 1 each.</param>
    /// <exception cref="UserErrorException">No rows, a probability that is not one, or no weight.</exception>
    public static FittedCalibration Fit(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes, CalibrationMethod method, ReadOnlySpan<float> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Check(probabilities, labels, classes, weights);
        var each = new double[labels.Length];
        for (var row = 0; row < each.Length; row++)
        {
            each[row] = weights.IsEmpty ? 1 : weights[row];
        }

        var maps = ImmutableArray.CreateBuilder<ClassCalibration>();
        for (var c = classes == 2 ? 1 : 0; c < classes; c++)
        {
            var (column, positive) = (new double[labels.Length], new bool[labels.Length]);
            for (var row = 0; row < labels.Length; row++)
            {
                column[row] = probabilities[(row * classes) + c];
                positive[row] = labels[row] == c;
            }

            maps.Add(ClassCalibration.Fit(method, column, positive, each));
        }

        return new FittedCalibration(method, classes, maps.ToImmutable());
    }

    /// <summary>The corrected probabilities: element <c>row * Classes + c</c>.</summary>
    /// <param name="probabilities">Likewise.</param>
    public float[] Apply(ReadOnlySpan<float> probabilities)
    {
        var corrected = new float[probabilities.Length];
        Span<double> row = new double[Classes];
        for (var at = 0; at < corrected.Length; at += Classes)
        {
            Correct(probabilities.Slice(at, Classes), row);
            for (var c = 0; c < Classes; c++)
            {
                corrected[at + c] = (float)row[c];
            }
        }

        return corrected;
    }

    internal static FittedCalibration Restore(CalibrationMethod method, int classes, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        return new FittedCalibration(method, classes, [.. Enumerable.Range(0, classes == 2 ? 1 : classes).Select(Map)]);

        ClassCalibration Map(int i)
        {
            return tensors.TryGetValue(Name(i) + ".inputs", out var inputs) && tensors.TryGetValue(Name(i) + ".outputs", out var outputs)
                && inputs.Values.Length == outputs.Values.Length && inputs.Values.Length > 0
                ? new ClassCalibration(method, inputs.Values, outputs.Values)
                : throw new FormatException($"the calibration of class {i} is absent or incomplete");
        }
    }

    static string Name(int map) => string.Create(CultureInfo.InvariantCulture, $"calibration.{map}");

    static void Check(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes, ReadOnlySpan<float> weights)
    {
        if (labels.IsEmpty)
        {
            throw new UserErrorException("There are no rows to calibrate on. Calibration needs held-out rows. Give some.");
        }

        if (probabilities.Length != labels.Length * classes || (!weights.IsEmpty && weights.Length != labels.Length) || labels.IndexOfAnyExceptInRange(0, classes - 1) >= 0)
        {
            throw new ArgumentException("Labels are from 0 to classes - 1, with a weight and as many probabilities as classes for each.", nameof(labels));
        }

        var bad = probabilities.IndexOfAnyExceptInRange(0, 1);
        if (bad >= 0)
        {
            throw new UserErrorException(
                $"The probability of class {bad % classes} in row {(bad / classes) + 1} is {probabilities[bad]}. Calibration needs numbers from 0 to 1. Leave rows without a prediction out.");
        }

        if (!weights.IsEmpty && (weights.IndexOfAnyExceptInRange(0, float.MaxValue) >= 0 || weights.IndexOfAnyExcept(0) < 0))
        {
            throw new UserErrorException("The weights hold a negative or infinite number, or are all 0. Expected finite numbers of 0 or more, one above it. Mend them.");
        }
    }

    void Correct(ReadOnlySpan<float> given, Span<double> corrected)
    {
        if (Classes == 2)
        {
            corrected[1] = _maps[0].Apply(given[1]);
            corrected[0] = 1 - corrected[1];
            return;
        }

        var sum = 0.0;
        for (var c = 0; c < Classes; c++)
        {
            corrected[c] = _maps[c].Apply(given[c]);
            sum += corrected[c];
        }

        for (var c = 0; c < Classes; c++)
        {
            corrected[c] = sum > 0 ? corrected[c] / sum : 1.0 / Classes;
        }
    }
}
