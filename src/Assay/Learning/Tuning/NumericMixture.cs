namespace Assay.Learning.Tuning;

/// <summary>
/// The Parzen estimator of a number: a normal kernel at each observation and a wide one for the prior, all cut off at the ends of the range.
/// Source: Optuna 4, samplers/_tpe/parzen_estimator.py.
/// </summary>
public sealed class NumericMixture
{
    readonly NumericRange _range;
    readonly double _from, _to;
    readonly double? _step;
    readonly double[] _means, _deviations, _weights, _logMass;

    NumericMixture(NumericRange range, double[] means, double[] deviations)
    {
        (_range, _from, _to, _step) = (range, range.From, range.To, range.ScaledStep);
        (_means, _deviations, _weights) = (means, deviations, TpeWeights.Of(means.Length - 1));
        _logMass = [.. means.Select((mean, i) => NormalMass.Log((_from - mean) / deviations[i], (_to - mean) / deviations[i]))];
    }

    /// <summary>Where the kernels stand: the observations in their order, then the middle of the range; ln of the values where the range is logarithmic.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>How wide the kernels are, on the same scale.</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>How much each kernel counts: the newest 25 observations and the prior alike, older ones less, the oldest 1/n of them. Their sum is 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The estimator after some observations.</summary>
    /// <param name="parameter">Not a choice, and with more than one value.</param>
    /// <param name="observed">Values within the range, the oldest first.</param>
    public static NumericMixture Of(SearchParameter parameter, ReadOnlySpan<double> observed)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Range is not { } range || range.Low == range.High)
        {
            throw new ArgumentException($"'{parameter.Name}' is no range of several values.", nameof(parameter));
        }

        var means = new double[observed.Length + 1];
        for (var i = 0; i < observed.Length; i++)
        {
            means[i] = range.Scale(observed[i]);
        }

        means[^1] = 0.5 * (range.From + range.To);
        return new NumericMixture(range, means, DeviationsOf(means, range.From, range.To));
    }

    /// <summary>A value of the range.</summary>
    public double Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var left = random.NextDouble();
        var kernel = 0;
        while (kernel < _weights.Length - 1 && (left -= _weights[kernel]) >= 0)
        {
            kernel++;
        }

        var (mean, deviation) = (_means[kernel], _deviations[kernel]);
        return _range.FromScale(mean + (deviation * NormalMass.Quantile((_from - mean) / deviation, (_to - mean) / deviation, random.NextDouble())));
    }

    /// <summary>Natural logarithm of the density at a value, over the scale of the range; where there is a step, of the mass within half a step of it.</summary>
    public double LogDensity(double value)
    {
        var place = _range.Scale(value);
        var terms = _weights.Length <= 256 ? stackalloc double[_weights.Length] : new double[_weights.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = Math.Log(_weights[i]) + LogKernel(place, i) - _logMass[i];
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
        var (mean, deviation) = (_means[i], _deviations[i]);
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
