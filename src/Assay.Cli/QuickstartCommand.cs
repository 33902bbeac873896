using System.CommandLine;
using Assay.Running;

namespace Assay.Cli;

/// <summary><c>assay quickstart</c>: the whole road on data that Assay brings along.</summary>
static class QuickstartCommand
{
    public static Command Create()
    {
        var command = new Command("quickstart", "Shows the whole road on built-in data, offline, in under a minute.\n\nExample:\n  assay quickstart");
        RunOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = RunOptions.Of(arguments);
        var spec = Unpack(Path.Combine(options.Output, "quickstart"));
        var reading = SpecReader.ReadFile(spec, Environment.CurrentDirectory);
        if (reading.Spec is not { } read)
        {
            return ConsoleOutput.Problems(options.Json, "quickstart", [.. reading.Problems.Select(problem => problem.ToString())]);
        }

        var exit = await SpecExecution.RunAsync(read, "quickstart", options, cancellationToken).ConfigureAwait(false);
        if (!options.Json)
        {
            Console.Out.WriteLine($"""

                Three things to try next:
                  1. open the report above in a browser
                  2. copy {spec} to mine.yaml beside it, change a layer or a gate, and: assay run {Path.Combine(Path.GetDirectoryName(spec)!, "mine.yaml")}
                  3. name your own CSV and its target column under 'data' of mine.yaml, and run it again
                """);
        }

        return exit;
    }

    static string Unpack(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] files =
        [
            "loans.csv", "quickstart.yaml", "arithmetic.yaml", "arithmetic.jsonl", "capitals.yaml", "capitals.jsonl", "sentiment.yaml", "sentiment.jsonl",
        ];
        foreach (var name in files)
        {
            using var resource = typeof(QuickstartCommand).Assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(Path.Combine(folder, name));
            resource.CopyTo(file);
        }

        return Path.Combine(folder, "quickstart.yaml");
    }
}
