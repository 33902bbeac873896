using System.Numerics;

namespace Assay.Metrics;

/// <summary>Rows of class probabilities.</summary>
public static class ProbabilityRows
{
    // Probabilities printed with four digits, or rounded to 16 bits, still sum to 1 within it.
    const double Tolerance = 1e-3;

    /// <summary>What is wrong with the first bad row, or null: a probability is no number in [0, 1], or the row does not sum to 1 within 0.001.</summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="rows">How many rows there are.</param>
    public static string? Defect<T>(ReadOnlySpan<T> probabilities, int classes, int rows)
        where T : struct, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, (long)rows * classes, nameof(probabilities));
        for (var row = 0; row < rows; row++)
        {
            double sum = 0, least = 0;
            foreach (var value in probabilities.Slice(row * classes, classes))
            {
                var probability = double.CreateTruncating(value);
                sum += probability;
                least = probability < least ? probability : least;
            }

            // NaN fails the comparison. All at least 0 and a sum of about 1: none is above 1 by more than the tolerance.
            if (!(Math.Abs(sum - 1) <= Tolerance && least >= 0))
            {
                return double.IsFinite(sum) && least >= 0
                    ? $"the probabilities of row {row} sum to {sum:G6}, not to 1"
                    : $"row {row} has a probability that is no number in [0, 1]";
            }
        }

        return null;
    }
}
