using System.Diagnostics;
using Assay.Data;
using Assay.Data.Drift;

namespace Assay.Benchmarks;

/// <summary>Folds and drift on the inputs of bench.py, which its own generators write out once. The samples are sorted within the timed work.</summary>
static class JudgingBenchmarks
{
    const string Export = """
        import sys, numpy as np
        D = sys.argv[1] + "/"
        np.random.default_rng(15).integers(0, 10, 1_000_000).astype("<i4").tofile(D + "skf_y.i32")
        r = np.random.default_rng(16); r.integers(0, 2, 100_000).astype("<i4").tofile(D + "sgkf_y.i32"); r.integers(0, 10_000, 100_000).astype("<i4").tofile(D + "sgkf_g.i32")
        r = np.random.default_rng(20); r.normal(size=1_000_000).tofile(D + "ks_a.f64"); r.normal(0.01, 1, 1_000_000).tofile(D + "ks_b.f64")
        r = np.random.default_rng(21); A = r.normal(size=(1_000_000, 20)); B = r.normal(0.02, 1, (1_000_000, 20)); np.ascontiguousarray(A.T).tofile(D + "psi_a.f64"); np.ascontiguousarray(B.T).tofile(D + "psi_b.f64")
        """;

    public static IEnumerable<Benchmark> All =>
    [
        new("Data", "stratified folds of 1M", "skf", 3, Stratified),
        new("Data", "stratified group folds of 100k in 10k groups", "sgkf", 20, StratifiedGroups),
        new("Data", "KS 1M against 1M", "ks", 3, peers => OfTwo(peers, (a, b) => KolmogorovSmirnov.Test(a, b).Statistic)),
        new("Data", "Wasserstein 1M against 1M", "wasserstein", 3, peers => OfTwo(peers, (a, b) => Distances.Wasserstein(a, b))),
        new("Data", "PSI of 20 columns of 1M", "psi20", 3, Psi),
    ];

    static Func<object?> Stratified(PeerData peers)
    {
        var labels = Read<int>(peers, "skf_y.i32");
        return () => StratifiedKFold.Split(labels, 5, null)[0].Test.Length;
    }

    static Func<object?> StratifiedGroups(PeerData peers)
    {
        var (labels, groups) = (Read<int>(peers, "sgkf_y.i32"), Read<int>(peers, "sgkf_g.i32"));
        return () => StratifiedGroupKFold.Split(labels, groups, 5, null)[0].Test.Length;
    }

    static Func<object?> OfTwo(PeerData peers, Func<double[], double[], double> work)
    {
        var (reference, current) = (Read<double>(peers, "ks_a.f64"), Read<double>(peers, "ks_b.f64"));
        return () =>
        {
            var (a, b) = ((double[])reference.Clone(), (double[])current.Clone());
            Array.Sort(a);
            Array.Sort(b);
            return work(a, b);
        };
    }

    static Func<object?> Psi(PeerData peers)
    {
        var (reference, current) = (Read<double>(peers, "psi_a.f64"), Read<double>(peers, "psi_b.f64"));
        var rows = reference.Length / 20;
        return () => Enumerable.Range(0, 20).Select(column => OfColumn(reference.AsSpan(column * rows, rows), current.AsSpan(column * rows, rows))).ToArray()[0];
    }

    static double OfColumn(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var edges = Bins.Sturges(reference, current);
        var (p, q) = (Bins.Of(reference, edges), Bins.Of(current, edges));

        // The peer's rule for empty bins.
        p.AsSpan().Replace(0, 1e-4);
        q.AsSpan().Replace(0, 1e-4);
        return Shares.Psi(p, q);
    }

    static T[] Read<T>(PeerData peers, string name)
        where T : unmanaged
    {
        if (!File.Exists(peers.PathOf("psi_b.f64")))
        {
            using var python = Process.Start("/usr/bin/python3", ["-c", Export, Path.GetDirectoryName(peers.PathOf(name))!]);
            python.WaitForExit();
        }

        return peers.Read<T>(name);
    }
}
