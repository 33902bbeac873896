namespace Assay.Tests.EndToEnd;

public class PowerCommandTests
{
    [Fact]
    public async Task The_questions_needed_are_millers_rounded_up()
    {
        var result = await RunAsync("--effect", "0.03", "--noise", "0.16666666666666666", "--samples-per-question", "10", "--json");
        Assert.Equal(0, result.ExitCode);
        var estimate = result.Json["estimates"]![0]!;
        Assert.Equal("questions_needed", (string?)estimate["metric"]);
        Assert.Equal(1260, (double)estimate["value"]!);
        Assert.Equal("miller-paired", (string?)result.Json["formula"]);
        Assert.Equal(6, result.Json["table"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_number_of_questions_gives_the_smallest_effect()
    {
        var result = await RunAsync("--n", "626", "--discordant", "0.2", "--json");
        Assert.Equal(0.05, (double)result.Json["estimates"]![0]!["value"]!, 1e-4);
        Assert.Equal("connor-mcnemar", (string?)result.Json["formula"]);
    }

    [Fact]
    public async Task For_people_it_prints_a_table()
    {
        var result = await RunAsync("--effect", "0.03", "--clusters", "100", "--icc", "0.05");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("questions_needed 1786", result.Output, StringComparison.Ordinal);
        Assert.Contains("miller-paired/clustered", result.Output, StringComparison.Ordinal);
        Assert.Contains("assumed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        var result = await RunAsync("--alpha", "2", "--power", "0.2", "--discordant", "0.1", "--effect", "0.3", "--clusters", "4", "--noise", "NaN", "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Collection(
            result.Errors,
            line => Assert.StartsWith("--alpha is 2; expected", line, StringComparison.Ordinal),
            line => Assert.StartsWith("--power is 0.2; expected", line, StringComparison.Ordinal),
            line => Assert.StartsWith("--noise is NaN; expected", line, StringComparison.Ordinal),
            line => Assert.StartsWith("--discordant is for", line, StringComparison.Ordinal),
            line => Assert.StartsWith("--effect 0.3 is more", line, StringComparison.Ordinal),
            line => Assert.StartsWith("--clusters and --icc", line, StringComparison.Ordinal));
        Assert.Equal(6, result.Json["problems"]!.AsArray().Count);
        Assert.Contains("Neither", (await RunAsync()).Errors[0], StringComparison.Ordinal);
        Assert.Contains("Both", (await RunAsync("--n", "5", "--effect", "1")).Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_clusters_have_no_number_and_a_reason()
    {
        var result = await RunAsync("--effect", "0.03", "--clusters", "20", "--icc", "0.5", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Null(result.Json["estimates"]![0]!["value"]);
        Assert.Contains("clusters", (string?)result.Json["estimates"]![0]!["reason"], StringComparison.Ordinal);
    }

    static async Task<AssayResult> RunAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await AssayProcess.RunAsync(folder.Path, ["power", .. arguments]);
    }
}
