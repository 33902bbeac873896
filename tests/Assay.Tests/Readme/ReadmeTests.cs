using System.Text.RegularExpressions;
using Assay.Running;

namespace Assay.Tests.Readme;

public class ReadmeTests
{
    public static TheoryData<string> Readmes => ["README.md", "README.zh-CN.md"];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Its_library_example_is_the_one_that_is_compiled(string readme) => Assert.Equal(Example(), Block(readme, "csharp"));

    [Fact]
    public void The_library_example_runs_and_prints_three_estimates_with_intervals()
    {
        var (folder, output) = (Environment.CurrentDirectory, Console.Out);
        var printed = new StringWriter();
        try
        {
            Environment.CurrentDirectory = Repository.Root;
            Console.SetOut(printed);
            LibraryExample.Run();
        }
        finally
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(output);
        }

        var lines = printed.ToString().TrimEnd().Split('\n');
        Assert.Equal(["accuracy", "f1", "f1/macro", "f1/weighted", "roc_auc"], lines.Select(line => line.Split(' ')[0]));
        Assert.All(lines, line => Assert.Matches(@"^\S+ 0\.\d+ \[0\.\d+, 0\.\d+\] of 800 rows", line));
    }

    [Fact]
    public async Task The_training_example_of_the_docs_is_compiled_and_runs()
    {
        Assert.Equal(Example("TrainingExample.cs"), Block("docs/learning.md", "csharp"));
        var (folder, output) = (Environment.CurrentDirectory, Console.Out);
        var printed = new StringWriter();
        try
        {
            Environment.CurrentDirectory = Repository.Root;
            Console.SetOut(printed);
            await TrainingExample.RunAsync();
        }
        finally
        {
            File.Delete(Repository.PathOf("amount.assay"));
            Environment.CurrentDirectory = folder;
            Console.SetOut(output);
        }

        Assert.Equal(5, printed.ToString().TrimEnd().Split('\n').Count(line => line.Contains(": r2 ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Its_spec_has_no_problems(string readme)
    {
        var reading = SpecReader.Read(Block(readme, "yaml"), readme, Repository.Root, Repository.Root);
        Assert.Empty(reading.Problems);
        Assert.True(Block(readme, "yaml").Split('\n').Length <= 10);
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void It_gives_both_commands(string readme)
    {
        var text = File.ReadAllText(Repository.PathOf(readme));
        Assert.Contains("dotnet run --project src/Assay.Cli -c Release -- quickstart", text, StringComparison.Ordinal);
        Assert.Contains("\ndotnet test", text, StringComparison.Ordinal);
    }

    static string Example(string file = "LibraryExample.cs")
    {
        var source = File.ReadAllText(Repository.PathOf("tests", "Assay.Tests", "Readme", file));
        var lines = source.Split('\n').SkipWhile(line => !line.Contains("// <example>", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("// </example>", StringComparison.Ordinal));
        return string.Join('\n', lines.Select(line => line.Length >= 8 ? line[8..] : line.Trim()));
    }

    // The using lines of the example are above its class in the test.
    static string Block(string readme, string language)
    {
        var match = Fence(language).Match(File.ReadAllText(Repository.PathOf(readme)));
        Assert.True(match.Success, $"{readme} has no {language} block");
        return string.Join('\n', match.Groups["code"].Value.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("using ", StringComparison.Ordinal))).Trim('\n');
    }

    static Regex Fence(string language) => new($"```{language}\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
