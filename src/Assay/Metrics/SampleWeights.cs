namespace Assay.Metrics;

/// <summary>Weights of rows: finite and 0 or more. An empty span means 1 each.</summary>
static class SampleWeights
{
    /// <exception cref="UserErrorException">A weight is negative or not a finite number, or there are not as many as rows.</exception>
    public static void Check(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
        {
            return;
        }

        if (weights.Length != rows)
        {
            throw new UserErrorException($"weights: found {weights.Length}, expected {rows}, one per row. Give each row a weight, or none.");
        }

        for (var row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] >= 0) || double.IsPositiveInfinity(weights[row]))
            {
                throw new UserErrorException($"weights: row {row} has the weight {weights[row]}. Expected a finite number of 0 or more. Correct it, or leave the row out.");
            }
        }
    }

    public static double Of(ReadOnlySpan<double> weights, int row) => weights.IsEmpty ? 1 : weights[row];
}
