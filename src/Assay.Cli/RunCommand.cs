using System.CommandLine;
using Assay.Running;

namespace Assay.Cli;

/// <summary><c>assay run SPEC</c>.</summary>
static class RunCommand
{
    static readonly Argument<string> _spec = new("spec") { Description = "path of a YAML spec" };

    public static Command Create()
    {
        var command = new Command("run", "Runs a spec and writes its report.\n\nExample:\n  assay run samples/quickstart/quickstart.yaml") { _spec, RunOptions.HarnessOption };
        RunOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = RunOptions.Of(arguments);
        var reading = SpecReader.ReadFile(arguments.GetRequiredValue(_spec), Environment.CurrentDirectory);
        return reading.Spec is { } spec
            ? SpecExecution.RunAsync(spec, "run", options, cancellationToken)
            : Task.FromResult(ConsoleOutput.Problems(options.Json, "run", [.. reading.Problems.Select(problem => problem.ToString())]));
    }
}
