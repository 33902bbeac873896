using Assay.Statistics;

namespace Assay.Benchmarks;

/// <summary>10,000 rounds on one thread, as the peers; the same inputs, other random numbers: results agree to the noise of the rounds.</summary>
static class StatisticsBenchmarks
{
    const string Inputs = "bootstrap.f64";

    static readonly BootstrapOptions _options = new() { Rounds = 10_000, Seed = 1, Threads = 1 };

    public static IEnumerable<Benchmark> All =>
    [
        new("Statistics", "bootstrap percentile, mean of 10k", "boot_numpy_chunk", 4, peers => Bootstrapped(peers, bca: false)),
        new("Statistics", "bootstrap BCa, mean of 10k", "boot_scipy_bca", 8, peers => Bootstrapped(peers, bca: true)),
        new("Statistics", "permutation test 2 x 5k", "perm_numpy", 4, TwoSamples),
        new("Statistics", "sign-flip test 10k", "perm_signflip", 4, SignFlips),
    ];

    static Func<object?> Bootstrapped(PeerData peers, bool bca)
    {
        var values = peers.Made<double>(Inputs, "np.random.default_rng(17).lognormal(size=10_000)");
        return () => (bca ? MeanBootstrap.Bca(values, _options) : MeanBootstrap.Percentile(values, _options)) is { } interval
            ? FormattableString.Invariant($"[{interval.Low:F5},{interval.High:F5}]") : "";
    }

    static Func<object?> TwoSamples(PeerData peers)
    {
        var both = peers.Made<double>("permutation.f64", "(lambda r: np.concatenate([r.normal(0, 1, 5_000), r.normal(0.03, 1, 5_000)]))(np.random.default_rng(18))");
        return () => PermutationTest.TwoSamples(both.AsSpan(0, 5_000), both.AsSpan(5_000), _options).PValue;
    }

    static Func<object?> SignFlips(PeerData peers)
    {
        var differences = peers.Made<double>("signflip.f64", "np.random.default_rng(19).normal(0.02, 1, 10_000)");
        return () => SignFlip.Test(differences, _options).PValue;
    }
}
