using System.Collections.Immutable;
using System.Numerics;

namespace Assay.Learning.Linear;

// The training rows as the solvers see them: checked, and given out block by block in double precision, each feature less its weighted
// mean. Centred, the intercept stands nearly apart from the coefficients, and large offsets (years, prices) cost no digits.
sealed class TrainingRows
{
    readonly Examples _examples;

    TrainingRows(Examples examples, double[] weights)
    {
        _examples = examples;
        Weights = weights;
        Means = new double[examples.Inputs];
        WeightSum = weights.Sum();
        var sums = Means.AsSpan();
        for (var row = 0; row < Count; row++)
        {
            AddScaled(examples.Features.AsSpan(row * Inputs, Inputs), weights[row], sums);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] /= WeightSum;
        }

        // 0 · NaN is NaN: rows of weight 0 must be finite too.
        if (sums.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) >= 0)
        {
            RequireFinite(examples.Features, Inputs, "Feature");
        }
    }

    public int Count => Weights.Length;

    public int Inputs => _examples.Inputs;

    public TargetShape Shape => _examples.Shape;

    public ReadOnlySpan<float> Targets => _examples.Targets;

    /// <summary>One per row, 0 or more, not all 0.</summary>
    public double[] Weights { get; }

    public double WeightSum { get; }

    /// <summary>Weighted means of the features.</summary>
    public double[] Means { get; }

    /// <summary>Checks everything but what the options say.</summary>
    /// <exception cref="UserErrorException">No rows, a feature, target or weight that is not finite, or no weight at all.</exception>
    public static TrainingRows Of(Examples examples, Func<double[], double[]>? reweigh = null)
    {
        var weights = CheckedWeights(examples);
        return new TrainingRows(examples, reweigh is null ? weights : reweigh(weights));
    }

    public static double[] CheckedWeights(Examples examples)
    {
        var rows = examples.Rows;
        if (rows == 0)
        {
            throw new UserErrorException("There are no rows to train on. Training needs at least one. Give more rows.");
        }

        if (examples.Features.Length != rows * examples.Inputs || examples.Targets.Length != rows * examples.Shape.PerRow || (examples.Weights is { } given && given.Length != rows))
        {
            throw new ArgumentException("Features, targets and weights do not have as many rows as each other.", nameof(examples));
        }

        RequireFinite(examples.Targets, examples.Shape.PerRow, "Target");
        if (examples.Weights is not { } some)
        {
            return [.. Enumerable.Repeat(1.0, rows)];
        }

        var bad = some.AsSpan().IndexOfAnyExceptInRange(0, float.MaxValue);
        return bad >= 0 ? throw new UserErrorException($"Row {bad + 1} has weight {some[bad]}. Weights are finite and 0 or more. Mend it, or leave the row out.")
            : some.AsSpan().IndexOfAnyExcept(0) < 0 ? throw new UserErrorException($"All {rows} rows have weight 0. Training needs a row that counts. Give weights above 0.")
            : Array.ConvertAll(some, weight => (double)weight);
    }

    public static void Require(ImmutableArray<string> problems)
    {
        if (!problems.IsEmpty)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }
    }

    /// <summary>Writes centred features: element <c>i * stride + feature</c> is row <c>start + i</c>'s.</summary>
    public void CopyCentred(int start, int rows, int stride, Span<double> block)
    {
        for (var i = 0; i < rows; i++)
        {
            Centre(_examples.Features.AsSpan((start + i) * Inputs, Inputs), Means, block.Slice(i * stride, Inputs));
        }
    }

    static void RequireFinite(float[] values, int perRow, string what)
    {
        var bad = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw new UserErrorException(
                $"{what} {(bad % perRow) + 1} of row {(bad / perRow) + 1} is {values[bad]}. A model needs finite numbers. Impute missing values, or leave those rows out.");
        }
    }

    static void AddScaled(ReadOnlySpan<float> features, double weight, Span<double> sums)
    {
        var i = 0;
        for (; i <= features.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(features[i..]), out var low, out var high);
            (new Vector<double>(sums[i..]) + (weight * low)).CopyTo(sums[i..]);
            (new Vector<double>(sums[(i + Vector<double>.Count)..]) + (weight * high)).CopyTo(sums[(i + Vector<double>.Count)..]);
        }

        for (; i < features.Length; i++)
        {
            sums[i] += weight * features[i];
        }
    }

    static void Centre(ReadOnlySpan<float> features, ReadOnlySpan<double> means, Span<double> centred)
    {
        var i = 0;
        for (; i <= features.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(features[i..]), out var low, out var high);
            (low - new Vector<double>(means[i..])).CopyTo(centred[i..]);
            (high - new Vector<double>(means[(i + Vector<double>.Count)..])).CopyTo(centred[(i + Vector<double>.Count)..]);
        }

        for (; i < features.Length; i++)
        {
            centred[i] = features[i] - means[i];
        }
    }
}
