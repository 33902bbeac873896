using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Reporting;
using Assay.Web.Simulation;
using Assay.Web.Simulation.Truths;

namespace Assay.Cli;

/// <summary><c>assay simulate</c>: a model server with known true latencies and faults on demand, on loopback unless told otherwise.</summary>
static class SimulateCommand
{
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document with the address to standard output" };
    static readonly Option<bool> _untilStdinCloses = new("--until-stdin-closes") { Description = "end when standard input closes", Hidden = true };

    public static Command Create()
    {
        var command = new Command(
            "simulate",
            "Simulates a model server behind the OpenAI protocol, whose true latencies are known. Prints the address; Ctrl+C ends it with a summary.\n\n"
            + "Example:\n  assay simulate --port 8000 --ttft 20ms --gap 8ms --fault cut:0.01@3 --truth truth.jsonl")
        {
            _json, _untilStdinCloses,
        };
        SimulateOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = SimulateOptions.Of(arguments);
        await using var simulator = Simulator.Start(options, TimeProvider.System);
        await Simulator.WarmUpAsync(options, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(Started(simulator.Address, arguments.GetValue(_json)).AsMemory(), cancellationToken).ConfigureAwait(false);
        await (arguments.GetValue(_untilStdinCloses) ? Console.In.ReadToEndAsync(cancellationToken) : Task.Delay(Timeout.Infinite, cancellationToken))
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        await Console.Error.WriteLineAsync(Text(simulator.Truth)).ConfigureAwait(false);
        return CommandLine.Done;
    }

    static string Started(Uri address, bool json)
    {
        if (!json)
        {
            return address.ToString();
        }

        var document = ConsoleOutput.Document("simulate");
        document["address"] = address.ToString();
        document["estimates"] = new JsonArray();
        return document.ToJsonString(new JsonSerializerOptions(ReportJson.Options) { WriteIndented = false });
    }

    static string Text(TruthSummary truth)
    {
        var outcomes = string.Join(", ", truth.Outcomes.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{truth.Requests} answers ({(outcomes.Length > 0 ? outcomes : "none")}), {truth.Tokens} tokens in {truth.Chunks} chunks"),
            $"{"",-10} {"p50",11} {"p90",11} {"p99",11} {"max",11}",
            Line("ttft", truth.Ttft),
            Line("gap", truth.Gap),
            Line("lateness", truth.Lateness),
        ];
        return string.Join('\n', truth.BlockHitRatio is { } ratio ? [.. lines, Cache(truth, ratio)] : lines);
    }

    static string Cache(TruthSummary truth, double ratio) => string.Create(
        CultureInfo.InvariantCulture, $"prefix cache: {truth.Engine.CachedBlocks} of {truth.Engine.PromptBlocks} blocks ({ratio:F4}); preemptions: {truth.Engine.Preemptions}");

    static string Line(string name, TruthTimes times) => $"{name,-10} {Milliseconds(times.P50)} {Milliseconds(times.P90)} {Milliseconds(times.P99)} {Milliseconds(times.Max)}";

    static string Milliseconds(double? seconds) => (seconds is { } value ? (1e3 * value).ToString("F3", CultureInfo.InvariantCulture) + " ms" : "-").PadLeft(11);
}
