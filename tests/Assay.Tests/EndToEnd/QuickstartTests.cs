using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd;

public class QuickstartTests
{
    [Fact]
    public async Task It_shows_the_whole_road_and_finds_the_weak_slice()
    {
        using var folder = new TemporaryFolder();
        var result = await AssayProcess.RunAsync(folder.Path, "quickstart", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("pass", (string)result.Json["verdict"]!);
        var output = (string)result.Json["report"]!;
        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, "report.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(
            [
                "prepare", "split", "train", "evaluate", "analyse", "serve", "service", "load open", "load closed", "optimise",
                "serve tiny", "probe tiny", "evaluate arithmetic tiny", "evaluate capitals tiny", "evaluate sentiment tiny", "load chat",
            ],
            report["stages"]!.AsArray().Select(stage => (string)stage!["name"]!));
        var weak = report["slices"]!.AsArray().Where(slice => (bool)slice!["is_weak"]!).Select(slice => $"{slice!["column"]} = {slice["value"]}");
        Assert.Equal(["digits = 3", "channel = broker"], weak);
        Assert.NotNull(report["estimates"]!.AsArray().First(estimate => (string)estimate!["metric"]! == "ttft/p50")!["value"]);
        Assert.True(File.Exists(Path.Combine(output, "report.html")));
        Assert.True(File.Exists(Path.Combine(output, "report.md")));
        Assert.All(report["estimates"]!.AsArray(), AssertIsHonest);
        AssertIsDocumented(report["estimates"]!.AsArray());
    }

    // Every number has an interval or says why not, and a value lies within its interval.
    static void AssertIsHonest(JsonNode? estimate)
    {
        var (value, low, high) = ((double?)estimate!["value"], (double?)estimate["low"], (double?)estimate["high"]);
        Assert.True(low is not null || estimate["reason"] is not null, estimate.ToJsonString());
        Assert.True(low is null || (low <= value && value <= high), estimate.ToJsonString());
    }

    static void AssertIsDocumented(JsonArray estimates)
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "metrics.md"));
        Assert.All(estimates.Select(estimate => (string)estimate!["definition"]!).Distinct(), name => Assert.True(IsDocumented(page, name), name));
    }

    // f1/macro stands there itself, or as f1 and a rule for every macro.
    static bool IsDocumented(string page, string name) => page.Contains($"`{name}`", StringComparison.Ordinal)
        || (name.LastIndexOf('/') is > 0 and var slash && page.Contains($"`*{name[slash..]}`", StringComparison.Ordinal) && IsDocumented(page, name[..slash]));
}
