using System.Diagnostics;
using Assay.Learning.Tuning;
using Assay.StoreWriter;

namespace Assay.Tests.Learning.Tuning;

/// <summary>A real process that runs a study (tests/Assay.StoreWriter), killed with SIGKILL.</summary>
public class StudyKillTests
{
    [Fact]
    public async Task Killed_ten_times_a_study_comes_to_the_same_end()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("assay-killed-").FullName;
        try
        {
            var (journal, random) = (Path.Combine(folder, "study.jsonl"), new SeededRandom(20));
            for (var kill = 0; kill < 10; kill++)
            {
                // A kill comes while the process goes on, so where in its work it falls is up to the system.
                await ReadAsync(journal, 1 + (kill % 4), 1 + random.Next(12), token);
            }

            var expected = SampleStudy.Describe(await Study.RunAsync(SampleStudy.Options, SampleStudy.Objective(_ => Task.CompletedTask), 1, null, null, token));
            Assert.Equal(expected, string.Join('\n', await ReadAsync(journal, 2, null, token)));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    // Its lines but for those that tell a step; killed after some of these, or not at all.
    static async Task<List<string>> ReadAsync(string journal, int workers, int? steps, CancellationToken token)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Assay.StoreWriter.dll"), "study", journal, $"{workers}"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var lines = new List<string>();
        try
        {
            for (var seen = 0; seen != steps && await process.StandardOutput.ReadLineAsync(token) is { } line;)
            {
                seen += line == "step" ? 1 : 0;
                if (line != "step")
                {
                    lines.Add(line);
                }
            }
        }
        finally
        {
            if (steps is not null)
            {
                process.Kill();
            }

            await process.WaitForExitAsync(token);
        }

        return lines;
    }
}
