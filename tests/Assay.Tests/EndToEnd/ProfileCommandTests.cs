namespace Assay.Tests.EndToEnd;

public class ProfileCommandTests
{
    [Fact]
    public async Task A_profile_is_saved_and_drift_is_judged_against_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "before.csv"), ["x,y,copy", .. Enumerable.Range(0, 200).Select(i => $"{i * 37 % 200}.5,{i % 2},{Copy(i)}")], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "after.csv"), ["x,y,copy", .. Enumerable.Range(0, 200).Select(i => $"{300 + i}.5,1,maybe")], TestContext.Current.CancellationToken);

        var profile = await AssayProcess.RunAsync(folder.Path, "profile", "before.csv", "--target", "y", "--save", "before.json", "--json");
        Assert.Equal(0, profile.ExitCode);
        Assert.Equal("profile", (string?)profile.Json["command"]);
        Assert.Contains(profile.Json["findings"]!.AsArray(), finding => (string?)finding!["kind"] == "gives_target_away" && (string?)finding["column"] == "copy");
        Assert.True(File.Exists(Path.Combine(folder.Path, "before.json")));

        var drift = await AssayProcess.RunAsync(folder.Path, "drift", "before.json", "after.csv", "--json", "--fail-on-drift");
        Assert.Equal(1, drift.ExitCode);
        Assert.True((bool)drift.Json["drifts"]!);
        Assert.Equal(0, (await AssayProcess.RunAsync(folder.Path, "drift", "before.csv", "before.csv", "--fail-on-drift")).ExitCode);
        var absent = await AssayProcess.RunAsync(folder.Path, "drift", "before.csv", "no.csv", "--json");
        Assert.Equal(2, absent.ExitCode);
        Assert.NotNull(absent.Json["problems"]);
    }

    static string Copy(int i) => i % 2 == 0 ? "no" : "yes";
}
