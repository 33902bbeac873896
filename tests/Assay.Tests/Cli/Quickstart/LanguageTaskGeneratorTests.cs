using Assay.Cli.Quickstart;
using Assay.Tasks;

namespace Assay.Tests.Cli.Quickstart;

public class LanguageTaskGeneratorTests
{
    [Theory]
    [InlineData("arithmetic", 360)]
    [InlineData("capitals", 38)]
    [InlineData("sentiment", 200)]
    public async Task It_makes_the_committed_file_again(string task, int samples)
    {
        var made = task switch
        {
            "arithmetic" => LanguageTaskGenerator.Arithmetic(),
            "capitals" => LanguageTaskGenerator.Capitals(),
            _ => LanguageTaskGenerator.Sentiment(),
        };
        var path = Repository.PathOf("samples", "quickstart", $"{task}.jsonl");
        if (Environment.GetEnvironmentVariable("ASSAY_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, made, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), made);
        var reading = TaskReader.Read(Repository.PathOf("samples", "quickstart", $"{task}.yaml"), Repository.Root);
        Assert.Empty(reading.Problems);
        Assert.Equal(samples, await TaskSamples.ReadAsync(reading.Definition!, null, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
    }
}
