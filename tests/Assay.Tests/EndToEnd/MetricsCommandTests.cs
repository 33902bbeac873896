namespace Assay.Tests.EndToEnd;

public class MetricsCommandTests
{
    const string Rows = """
        label,predicted,p,weight,region,amount,guess
        no,no,0.1,1,north,1.5,1.4
        yes,yes,0.9,2,north,2.5,2.9
        yes,no,0.4,1,south,3.5,3.1
        no,yes,0.6,1,south,4.5,4.9
        no,no,0.2,1,north,5.5,5.0
        yes,yes,0.8,,south,6.5,6.6
        """;

    [Fact]
    public async Task All_metrics_that_the_columns_allow_come_with_curves_and_groups()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("p.csv", Rows);
        var result = await AssayProcess.RunAsync(folder.Path, "metrics", file, "--truth", "label", "--prediction", "predicted", "--probabilities", "p", "--weights", "weight", "--group", "region", "--json");
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        Assert.Equal(("metrics", "classification", 5, 1), ((string)json["command"]!, (string)json["task"]!, (int)json["rows"]!, (int)json["excluded"]!));
        var estimates = json["estimates"]!.AsArray();

        // Weights 1, 2, 1, 1, 1: the wrong rows weigh 2 of 6.
        Assert.Equal(4.0 / 6, (double)estimates.First(estimate => (string)estimate!["metric"]! == "accuracy")!["value"]!, 1e-12);
        Assert.Contains(estimates, estimate => (string?)estimate!["slice"]?["region"] == "south" && (string)estimate["metric"]! == "f1");
        Assert.Contains(estimates, estimate => (string?)estimate!["slice"]?["label"] == "yes" && (string)estimate["metric"]! == "recall/class");
        Assert.Equal("yes", (string)json["positive"]!);
        Assert.NotEmpty(json["curves"]![0]!["roc"]!.AsArray());
        Assert.DoesNotContain("NaN", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_a_regression()
    {
        using var folder = new TemporaryFolder();
        var result = await AssayProcess.RunAsync(folder.Path, "metrics", folder.Write("p.csv", Rows), "--truth", "amount", "--prediction", "guess", "--json");
        Assert.Equal((0, "regression"), (result.ExitCode, (string)result.Json["task"]!));
        var mae = result.Json["estimates"]!.AsArray().First(estimate => (string)estimate!["metric"]! == "mae")!;
        Assert.Equal(1.9 / 6, (double)mae["value"]!, 1e-12);
        Assert.Equal("t", (string)mae["method"]!);
    }

    [Theory]
    [InlineData("there is no column 'labl'", "--truth", "labl", "--prediction", "predicted")]
    [InlineData("there is no class 'maybe'", "--truth", "label", "--prediction", "predicted", "--positive", "maybe")]
    [InlineData("expected one per class", "--truth", "label", "--prediction", "predicted", "--probabilities", "p,weight,amount")]
    [InlineData("Expected numbers", "--truth", "label", "--prediction", "predicted", "--score", "region")]
    public async Task Mistakes_are_told(string message, params string[] columns)
    {
        using var folder = new TemporaryFolder();
        var result = await AssayProcess.RunAsync(folder.Path, ["metrics", folder.Write("p.csv", Rows), .. columns]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains(message, StringComparison.OrdinalIgnoreCase));
    }
}
