using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

public sealed partial class Sequential
{
    // Mistakes of the program are argument exceptions; what may come from a file is a user's.
    RowSet Checked(in RowSet rows)
    {
        var count = Rows(rows.Features);
        if (rows.Targets.Length != count * rows.PerRow || (rows.PerRow != Outputs && (Options.Loss.Family != LossFamily.Categorical || rows.PerRow != 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"{rows.Targets.Length} targets do not fit {count} rows and {Outputs} outputs.");
        }

        if (!rows.Weights.IsEmpty && rows.Weights.Length != count)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"{rows.Weights.Length} weights do not fit {count} rows.");
        }

        CheckFeatures(rows.Features);
        CheckTargets(rows);
        for (var row = 0; row < rows.Weights.Length; row++)
        {
            if (!(float.IsFinite(rows.Weights[row]) && rows.Weights[row] >= 0))
            {
                throw new UserErrorException(FormattableString.Invariant($"The weight of row {row + 1} is {rows.Weights[row]}. A weight must be 0 or more. Mend the row, or leave it out."));
            }
        }

        return rows;
    }

    void CheckFeatures(ReadOnlySpan<float> features)
    {
        if (!TensorPrimitives.IsFiniteAll(features))
        {
            var at = FirstNotFinite(features);
            throw new UserErrorException(FormattableString.Invariant(
                $"Feature {(at % Inputs) + 1} of row {(at / Inputs) + 1} is {features[at]}. A network needs finite numbers. Impute the column, or leave the row out."));
        }

        foreach (var embedding in Options.Layers.OfType<Embedding>())
        {
            for (var at = embedding.Feature; at < features.Length; at += Inputs)
            {
                if (!(features[at] >= -1 && features[at] < embedding.Categories && features[at] == MathF.Floor(features[at])))
                {
                    throw new UserErrorException(FormattableString.Invariant(
                        $"Feature {embedding.Feature + 1} of row {(at / Inputs) + 1} is {features[at]}. Its embedding has {embedding.Categories} categories, from 0 (-1 is one never seen). Make it by {{ordinal: ...}}, or give the embedding more categories."));
                }
            }
        }
    }

    void CheckTargets(in RowSet rows)
    {
        if (!TensorPrimitives.IsFiniteAll(rows.Targets))
        {
            var at = FirstNotFinite(rows.Targets);
            throw new UserErrorException(FormattableString.Invariant($"The target of row {(at / rows.PerRow) + 1} is {rows.Targets[at]}. Every row needs a finite one. Leave the row out."));
        }

        if (Options.Loss.Family == LossFamily.Numbers)
        {
            return;
        }

        var indexed = rows.PerRow == 1 && Outputs > 1;
        for (var i = 0; i < rows.Targets.Length; i++)
        {
            var target = rows.Targets[i];
            if (indexed ? !(target >= 0 && target < Outputs && target == MathF.Floor(target)) : target is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rows), target, indexed ? $"A label must be a class from 0 to {Outputs - 1}." : $"A target of {Options.Loss.Name} must be from 0 to 1.");
            }
        }
    }

    static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
