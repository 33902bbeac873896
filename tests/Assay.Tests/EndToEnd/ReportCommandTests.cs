using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd;

/// <summary><c>assay import</c>, <c>report</c> and <c>export</c> on one store.</summary>
public sealed class ReportCommandTests
{
    const string Csv = "id,model,target,answer,scores.exact_match,tags.part\n1,m,4,4,1,sums\n2,m,5,6,0,sums\n3,m,7,7,1,rest\n";

    [Fact]
    public async Task An_imported_run_is_reported_in_every_format_and_exported_again()
    {
        using var folder = new TemporaryFolder();
        folder.Write("answers.csv", Csv);
        var import = await AssayProcess.RunAsync(folder.Path, "import", "answers.csv", "--name", "first", "--json");
        Assert.Equal(0, import.ExitCode);
        var estimate = import.Json["estimates"]!.AsArray().Single(item => (string)item!["metric"]! == "exact_match")!;
        Assert.Equal((2 / 3.0, 3, "wilson", "imported/mean"), ((double)estimate["value"]!, (int)estimate["n"]!, (string)estimate["method"]!, (string)estimate["definition"]!));

        var text = await AssayProcess.RunAsync(folder.Path, "report", "last:first");
        Assert.Contains("exact_match", text.Output, StringComparison.Ordinal);
        var markdown = await AssayProcess.RunAsync(folder.Path, "report", "last", "--format", "md");
        Assert.StartsWith("# first: PASS", markdown.Output, StringComparison.Ordinal);
        var numbers = await AssayProcess.RunAsync(folder.Path, "report", "last", "--format", "csv");
        Assert.Equal("run,stage,task,model,filter,slice,metric,value,low,high,n,excluded,method,definition,unit,reason", numbers.Output.Split('\n')[0]);
        var json = await AssayProcess.RunAsync(folder.Path, "report", "last", "--format", "json", "--output", "r/report.json", "--json");
        Assert.Equal("r/report.json", (string?)json.Json["report"]);
        Assert.Equal("first", (string?)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "r", "report.json"), TestContext.Current.CancellationToken))!["name"]);

        var html = await AssayProcess.RunAsync(folder.Path, "report", "last", "--format", "html", "--output", "r.html");
        Assert.Equal((0, ""), (html.ExitCode, html.Output));
        Assert.Contains("samples-chunk-0", await File.ReadAllTextAsync(Path.Combine(folder.Path, "r.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var export = await AssayProcess.RunAsync(folder.Path, "export", "last", "--format", "csv", "--output", "back.csv", "--json");
        Assert.Equal((0, 3), (export.ExitCode, (int)export.Json["records"]!));
        var again = await AssayProcess.RunAsync(folder.Path, "import", "back.csv", "--json");
        Assert.Equal(import.Json["estimates"]!.ToJsonString(), again.Json["estimates"]!.ToJsonString());
    }

    [Fact]
    public async Task What_cannot_be_reported_is_told_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("answers.csv", Csv);
        Assert.Equal(0, (await AssayProcess.RunAsync(folder.Path, "import", "answers.csv", "--json")).ExitCode);
        var unknown = await AssayProcess.RunAsync(folder.Path, "report", "nothing", "--format", "html", "--output", "r.html");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("There is no run 'nothing'", string.Concat(unknown.Errors), StringComparison.Ordinal);
        var broken = await AssayProcess.RunAsync(folder.Path, "report", folder.Write("x.json", "{}"));
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("holds no report", string.Concat(broken.Errors), StringComparison.Ordinal);
        Assert.Equal(2, (await AssayProcess.RunAsync(folder.Path, "import", "missing.json")).ExitCode);
        Assert.False(File.Exists(Path.Combine(folder.Path, "r.html")));
    }
}
