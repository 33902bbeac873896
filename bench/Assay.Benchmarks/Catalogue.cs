namespace Assay.Benchmarks;

/// <summary>All benchmarks, area by area; each area is a file.</summary>
static class Catalogue
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        .. DataBenchmarks.All,
        .. JudgingBenchmarks.All,
        .. MetricsBenchmarks.All,
        .. TextBenchmarks.All,
        .. StatisticsBenchmarks.All,
        .. ComparingBenchmarks.All,
        .. LearningBenchmarks.All,
        .. LinearBenchmarks.All,
        .. InferenceBenchmarks.All,
        .. LoadBenchmarks.All,
        .. RunnerBenchmarks.All,
        .. ReportBenchmarks.All,
        .. StoreBenchmarks.All,
    ];
}
