using Assay.Reporting;
using Assay.Results;
using Assay.Results.Interchange;
using Assay.Running;
using Assay.Statistics;

namespace Assay.Tests.Conformance;

/// <summary>Published figures of data sets of judged answers, from their own files, in a report. Values: README of the shared data.</summary>
public sealed class ImportedFiguresTests
{
    // The tables give four decimals of a percentage, or of a share.
    [Theory]
    [InlineData("alpaca-7b", "v1", 0.264596, 0.015357, 205, 584, 16, 805)]
    [InlineData("gpt-3.5-turbo-0301", "v1", 0.893657, 0.010789, 716, 83, 5, 804)]
    [InlineData("gpt-3.5-turbo-0301", "v2", 0.096225, 0.009130, null, null, null, 805)]
    public async Task AlpacaEval_win_rates_and_standard_errors(string model, string version, double rate, double error, int? wins, int? losses, int? ties, int n)
    {
        var report = await ReportAsync(SharedFolder.Find("data", "alpaca_eval", model, $"{version}_annotations.json"));
        var found = Of(report, "win_rate");
        Assert.Equal(rate, found.Value!.Value, 6);
        Assert.Equal(n, found.N);
        Assert.True(found.Low < found.Value && found.Value < found.High);
        Assert.Equal(error, Of(report, "win_rate/standard_error").Value!.Value, 6);
        foreach (var (metric, count) in new[] { ("wins", wins), ("losses", losses), ("ties", ties) }.Where(item => item.Item2 is not null))
        {
            Assert.Equal(count, Of(report, $"win_rate/{metric}").Value);
        }
    }

    [Fact]
    public async Task PandaLM_agreement_of_people_and_of_the_judge_with_them()
    {
        var report = await ReportAsync(SharedFolder.Find("data", "pandalm", "testset-v1.json"), SharedFolder.Find("data", "pandalm", "gpt-3.5-turbo-testset-v1.json"));
        Assert.Equal([0.852, 0.879, 0.862], [Rounded("kappa/1_2", 3), Rounded("kappa/1_3", 3), Rounded("kappa/2_3", 3)]);
        Assert.Equal([0.7107, 0.5879, 0.5736, 0.5755], [Rounded("accuracy", 4), Rounded("precision/macro", 4), Rounded("recall/macro", 4), Rounded("f1/macro", 4)]);
        Assert.All(["kappa/1_2", "accuracy", "precision/macro", "recall/macro", "f1/macro"], metric => Assert.True(Of(report, metric) is { Low: not null, N: 999 }));
        Assert.Single(report.Estimates, estimate => estimate.Metric == "accuracy");
        Assert.Equal(["annotators", "gpt-3.5-turbo"], report.Tasks.Select(task => task.Model).Order());

        double Rounded(string metric, int digits)
        {
            return Math.Round(Of(report, metric).Value!.Value, digits);
        }
    }

    [Fact]
    public async Task Vicuna_sums_of_scores_and_where_the_authors_took_another_than_the_text_says()
    {
        string[] names = ["gpt35", "bard", "alpaca-13b", "llama-13b"];
        string[] files = [.. names.Select(name => SharedFolder.Find("data", "vicuna_eval", "review", "vicuna-13b_20230322-clean-lang", $"review_{name}_vicuna-13b.jsonl"))];
        var log = LogImport.Open(files);
        var sums = log.Figures.ToDictionary(figure => (figure.Model!, figure.Filter!), figure => figure.Value!.Value);
        Assert.Equal([693.0, 664, 583, 513], names.Select(name => sums[(name, "against vicuna-13b")]));
        Assert.Equal([638, 655.5, 704, 694], names.Select(name => sums[("vicuna-13b", $"against {name}")]));
        var others = await log.Records.Where(record => record.Tags!["score_in_text"] == "other").Select(record => (record.Id, record.Model, record.Filter)).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([("70", "bard", "against vicuna-13b"), ("70", "vicuna-13b", "against bard"), ("70", "llama-13b", "against vicuna-13b"), ("70", "vicuna-13b", "against llama-13b")], others);
    }

    // pg_arith_gen_0shot of harness_parity has no results file beside it: exact_match is the mean of its samples, by filter.
    [Fact]
    public async Task Samples_of_the_harness_are_a_run_with_means_of_their_own()
    {
        var report = await ReportAsync(SharedFolder.Find("data", "harness_parity", "hf", "samples_pg_arith_gen_0shot.jsonl"));
        Assert.NotEmpty(report.Tasks);
        Assert.All(report.Estimates.Where(estimate => estimate.Metric == "exact_match"), estimate => Assert.True(estimate is { Value: >= 0 and <= 1, Method: "wilson", Definition: "imported/mean" }));
        Assert.Equal("pg_arith_gen_0shot", report.Tasks[0].Task);
    }

    static Estimate Of(Report report, string metric) => report.Estimates.Single(estimate => estimate.Metric == metric);

    static Task<Report> ReportAsync(params string[] files)
    {
        var header = new RunHeader { Id = "imported", Name = "imported", Command = "import", Started = default, Seed = 0, Spec = "", AssayVersion = "", Environment = "" };
        return ImportedRun.StoreAsync(LogImport.Open(files), header, new RunServices { Time = TimeProvider.System }, TestContext.Current.CancellationToken);
    }
}
