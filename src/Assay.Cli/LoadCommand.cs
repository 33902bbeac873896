using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Assay.Reporting;
using Assay.Running;

namespace Assay.Cli;

/// <summary><c>assay load</c>: load on a service that runs already.</summary>
static class LoadCommand
{
    static readonly Argument<string?> _url = new("URL") { Description = "of the service, mostly ending in /v1; of plain HTTP the whole address", Arity = ArgumentArity.ZeroOrOne };
    static readonly Option<bool> _calibrate = new("--calibrate") { Description = "without URL: measure this client's own error against a simulator whose times are known, for --duration (default 10s) at each rate" };
    static readonly Option<string[]> _gates = new("--gate") { Description = "a condition such as 'ttft_p99 <= 500ms'; may be repeated" };
    static readonly Option<string?> _csv = new("--csv") { Description = "write every request to this file as CSV" };
    static readonly Option<string?> _log = new("--log") { Description = "write the event log, from which 'assay report FILE' makes the same numbers; a profile's number is put in its name when there are several" };

    // Where to and not what: the stored run does not depend on it.
    static readonly Option[] _means = [_csv, _log, .. LoadProcesses.All];

    public static Command Create()
    {
        var command = new Command(
            "load",
            "Loads a service and measures what it bears, and whether the client could measure it.\n\nExample:\n"
            + "  assay load http://127.0.0.1:8000/v1 --model my-model --rate 5 10 20 --duration 60s --warmup 10s --input-tokens lognormal:300,0.8 --output-tokens 128 --slo ttft_p99=500ms,tpot_p50=20ms")
        {
            _url,
        };
        LoadArguments.AddTo(command);
        LoadContentArguments.AddTo(command);
        foreach (var option in (Option[])[_gates, _calibrate, .. _means])
        {
            command.Add(option);
        }

        RunOptions.AddTo(command, resumes: false);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = RunOptions.Of(arguments);
        if (arguments.GetValue(_calibrate))
        {
            return await CalibrateAsync(arguments, options.Json, cancellationToken).ConfigureAwait(false);
        }

        var problems = new List<string>();
        var loads = Loads(arguments, problems);
        var gates = Gates(arguments, problems);
        if (LoadProcesses.Count(arguments) is < 1 or > 64)
        {
            problems.Add($"--processes is {LoadProcesses.Count(arguments)}. Expected a whole number from 1 to 64.");
        }

        if (problems.Count > 0)
        {
            return ConsoleOutput.Problems(options.Json, "load", problems);
        }

        var spec = new Spec
        {
            Name = "load",
            Seed = options.Seed ?? 1,
            Source = CommandSource.Of("load", arguments, _means),
            Loads = loads,
            Gates = gates,
        };
        if (await LoadProcesses.WorkAsync(arguments, spec, cancellationToken).ConfigureAwait(false))
        {
            return CommandLine.Done;
        }

        using var export = LoadExport.Open(arguments.GetValue(_csv), options.Records);
        return await SpecExecution.RunAsync(spec, "load", options with { Records = null, OnLoad = export.Write, LoadElsewhere = LoadProcesses.Elsewhere(arguments) }, cancellationToken).ConfigureAwait(false);
    }

    static async Task<int> CalibrateAsync(ParseResult arguments, bool json, CancellationToken cancellationToken)
    {
        var duration = LoadArguments.Duration(arguments) ?? TimeSpan.FromSeconds(10);
        var estimates = await LoadCalibration.RunAsync(duration, new Progress<string>(Console.Error.WriteLine), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        if (json)
        {
            var document = ConsoleOutput.Document("load");
            document["estimates"] = JsonSerializer.SerializeToNode(estimates, ReportJson.Options);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
        }
        else
        {
            LoadCalibration.Print(Console.Out, estimates);
        }

        return cancellationToken.IsCancellationRequested ? CommandLine.Cancelled : CommandLine.Done;
    }

    static ImmutableArray<LoadProfile> Loads(ParseResult arguments, List<string> problems)
    {
        var text = arguments.GetValue(_url);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            problems.Add($"The address is '{text ?? ""}'. Expected one such as http://127.0.0.1:8000/v1.");
            return [];
        }

        var service = LoadContentArguments.Service(arguments, address, problems);
        var options = LoadArguments.Options(arguments, problems);
        if (arguments.GetValue(_log) is { } log)
        {
            options = [.. options.Select((one, i) => one with { Log = options.Length == 1 ? log : Numbered(log, i + 1) })];
        }

        problems.AddRange(options.SelectMany(one => one.Problems()).Distinct().Select(problem => $"Wrong load: {problem}."));
        return
        [
            .. options.Select(one => new LoadProfile(one.Arrivals.Description, one)
            {
                Protocol = LoadContentArguments.Protocol(arguments),
                MaxTokens = LoadContentArguments.MaxTokens(arguments),
                Service = service,
            }),
        ];
    }

    static ImmutableArray<Gate> Gates(ParseResult arguments, List<string> problems)
    {
        var gates = ImmutableArray.CreateBuilder<Gate>();
        foreach (var condition in arguments.GetValue(_gates) ?? [])
        {
            if (Gate.Parse(condition, out var problem) is { } gate)
            {
                gates.Add(gate);
            }
            else
            {
                problems.Add($"--gate: {problem}");
            }
        }

        return gates.ToImmutable();
    }

    // load.alog, 2 -> load-2.alog
    static string Numbered(string path, int number) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}");
}
