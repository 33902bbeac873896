namespace Assay.Learning.Tuning;

/// <summary>
/// The Parzen estimator of a number: a normal kernel at each observation and a wide one for the prior, all cut off at the ends of the range.
/// Source: Optuna 4, samplers/_tpe/parzen_estimator.py.
/// </summary>
sealed class NumericMixture
{
    readonly double _from, _to;
    readonly double? _step;
    readonly double[] _logMass;

    NumericMixture(NumericRange range, double[] means, double[] deviations)
    {
        (_from, _to, _step) = (range.From, range.To, range.ScaledStep);
        (Means, Deviations, Weights) = (means, deviations, TpeWeights.Of(means.Length - 1));
        _logMass = [.. means.Select((mean, i) => NormalMass.Log((_from - mean) / deviations[i], (_to - mean) / deviations[i]))];
    }

    /// <summary>The observations in their order, then the middle of the range.</summary>
    public double[] Means { get; }

    public double[] Deviations { get; }

    public double[] Weights { get; }

    /// <param name="range">With more than one value.</param>
    /// <param name="observed">On the range's scale, the oldest first.</param>
    public static NumericMixture Of(NumericRange range, ReadOnlySpan<double> observed)
    {
        double[] means = [.. observed, 0.5 * (range.From + range.To)];
        return new NumericMixture(range, means, DeviationsOf(means, range.From, range.To));
    }

    /// <summary>A place on the scale; where there is a step, it is rounded by the caller.</summary>
    public double Draw(SeededRandom random)
    {
        var left = random.NextDouble();
        var kernel = 0;
        while (kernel < Weights.Length - 1 && (left -= Weights[kernel]) >= 0)
        {
            kernel++;
        }

        var (mean, deviation) = (Means[kernel], Deviations[kernel]);
        return Math.Clamp(mean + (deviation * NormalMass.Quantile((_from - mean) / deviation, (_to - mean) / deviation, random.NextDouble())), _from, _to);
    }

    /// <summary>Natural logarithm of the density at a place on the scale; where there is a step, of the mass within half a step.</summary>
    public double LogDensity(double place)
    {
        var terms = Weights.Length <= 256 ? stackalloc double[Weights.Length] : new double[Weights.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = Math.Log(Weights[i]) + LogKernel(place, i) - _logMass[i];
        }

        var most = double.NegativeInfinity;
        foreach (var term in terms)
        {
            most = Math.Max(most, term);
        }

        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += Math.Exp(term - most);
        }

        return Math.Log(sum) + most;
    }

    double LogKernel(double place, int i)
    {
        var (mean, deviation) = (Means[i], Deviations[i]);
        if (_step is not { } step)
        {
            var z = (place - mean) / deviation;
            return (-0.5 * z * z) - Math.Log(Math.Sqrt(2 * Math.PI) * deviation);
        }

        return NormalMass.Log((Math.Max(place - (step / 2), _from) - mean) / deviation, (Math.Min(place + (step / 2), _to) - mean) / deviation);
    }

    // The larger of the gaps to both neighbours, the ends of the range only where there is no other; not too narrow (the magic clip), not wider than the range.
    static double[] DeviationsOf(double[] means, double from, double to)
    {
        var count = means.Length;
        var order = Enumerable.Range(0, count).OrderBy(i => means[i]).ToArray();
        var deviations = new double[count];
        var narrowest = (to - from) / Math.Min(100, 1.0 + count);
        for (var rank = 0; rank < count; rank++)
        {
            var mean = means[order[rank]];
            var left = rank > 0 ? mean - means[order[rank - 1]] : double.NegativeInfinity;
            var right = rank < count - 1 ? means[order[rank + 1]] - mean : double.NegativeInfinity;
            deviations[order[rank]] = Math.Clamp(Math.Max(left, right), narrowest, to - from);
        }

        deviations[^1] = to - from;
        return deviations;
    }
}
