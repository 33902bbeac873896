namespace Assay.Metrics;

/// <summary>A weighted mean and the sum of squared distances from it, kept up to date row by row (West 1979).</summary>
/// <param name="Weight">The sum of the weights.</param>
/// <param name="Mean">0 without rows.</param>
/// <param name="Squares">The weighted sum of squared distances from the mean.</param>
readonly record struct CentredMoments(double Weight, double Mean, double Squares)
{
    public CentredMoments Add(double value, double weight)
    {
        if (weight == 0)
        {
            return this;
        }

        var total = Weight + weight;
        var step = value - Mean;
        var mean = Mean + (step * weight / total);
        return new CentredMoments(total, mean, Squares + (weight * step * (value - mean)));
    }

    public CentredMoments Merge(CentredMoments other)
    {
        var total = Weight + other.Weight;
        var step = other.Mean - Mean;
        return other.Weight == 0 ? this
            : Weight == 0 ? other
            : new CentredMoments(total, Mean + (step * other.Weight / total), Squares + other.Squares + (step * step * Weight * other.Weight / total));
    }
}
