using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>
/// Chooses a token: the likeliest, or by chance after temperature, then the k likeliest, then the fewest whose probabilities reach p.
/// One random number a token, from the request's own generator.
/// </summary>
sealed class Sampler(SamplingOptions options, SeededRandom random)
{
    readonly List<(double Weight, int Id)> _candidates = [];

    public int Choose(ReadOnlySpan<float> logits)
    {
        var likeliest = Probabilities.ArgMax(logits);
        if (options.Temperature == 0 || likeliest < 0)
        {
            return Math.Max(0, likeliest);
        }

        var total = Gather(logits, logits[likeliest]);
        if (options.TopK > 0 && options.TopK < _candidates.Count)
        {
            Sort();
            _candidates.RemoveRange(options.TopK, _candidates.Count - options.TopK);
            total = _candidates.Sum(candidate => candidate.Weight);
        }

        return options.TopP < 1 ? Draw(Nucleus(total)) : Draw(total);
    }

    double Gather(ReadOnlySpan<float> logits, float most)
    {
        _candidates.Clear();
        var total = 0.0;
        for (var id = 0; id < logits.Length; id++)
        {
            var weight = Math.Exp((logits[id] - most) / options.Temperature);
            total += weight;
            _candidates.Add((weight, id));
        }

        return total;
    }

    // All tokens below (1 - p) / n together weigh less than 1 - p: the nucleus lies among the others, and only those are sorted.
    double Nucleus(double total)
    {
        var least = (1 - options.TopP) * total / _candidates.Count;
        _candidates.RemoveAll(candidate => candidate.Weight < least);
        Sort();
        var (sum, kept) = (0.0, 0);
        while (kept < _candidates.Count && (kept == 0 || sum < options.TopP * total))
        {
            sum += _candidates[kept++].Weight;
        }

        _candidates.RemoveRange(kept, _candidates.Count - kept);
        return sum;
    }

    int Draw(double total)
    {
        var left = random.NextDouble() * total;
        foreach (var (weight, id) in _candidates)
        {
            left -= weight;
            if (left < 0)
            {
                return id;
            }
        }

        return _candidates[^1].Id;
    }

    // Equal ones in the order of their ids: the choice must not depend on how the sort goes.
    void Sort() => _candidates.Sort((a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Id.CompareTo(b.Id));
}
