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

    [Fact]
    public async Task A_profile_that_cannot_be_written_is_a_mistake_with_a_way_out()
    {
        using var folder = new TemporaryFolder();
        folder.Write("t.csv", "a,b\n1,x\n2,y\n");
        var result = await AssayProcess.RunAsync(folder.Path, "profile", "t.csv", "--save", "absent/p.json");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains("--save 'absent/p.json'", StringComparison.Ordinal) && line.Contains("Name another file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Current_data_larger_than_a_batch_are_judged_as_the_same_data_at_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("reference.csv", "x,c\n" + string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"{i * 37 % 3000}.5,{(i % 3 == 0 ? "a" : "b")}")));

        // 70 MB: above the 64 MiB up to which a file is read whole.
        folder.Write("large.csv", "x,c\n" + string.Join('\n', Enumerable.Range(0, 700_000).Select(i => $"{i * 37L % 3000}.5{new string('0', 90)},{(i % 3 == 0 ? "a" : "b")}")));
        var same = await AssayProcess.RunAsync(folder.Path, "drift", "reference.csv", "large.csv", "--json");
        Assert.Equal(0, same.ExitCode);
        Assert.All(same.Json["columns"]!.AsArray(), column => Assert.Empty(column!["causes"]!.AsArray()));
        Assert.Equal(700_000, (int)same.Json["columns"]![0]!["current_rows"]!);
    }

    static string Copy(int i) => i % 2 == 0 ? "no" : "yes";
}
