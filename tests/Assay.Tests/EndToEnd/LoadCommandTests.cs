using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assay.Reporting;
using Assay.Running;
using Assay.Web.Simulation;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Faults;

namespace Assay.Tests.EndToEnd;

public class LoadCommandTests
{
    [Fact]
    public async Task A_sweep_is_measured_exported_and_told_again_from_its_logs()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = Start();
        var run = await AssayProcess.RunAsync(
            folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--protocol", "completions", "--concurrency", "2,4", "--requests", "50", "--input-tokens", "uniform:5-15",
            "--output-tokens", "6", "--ignore-eos", "--slo", "ttft_p50=20s,tpot_p50=20s", "--csv", "all.csv", "--records", "all.jsonl", "--log", "load.alog",
            "--gate", "requests_ok == 50", "--json");

        // The client may have been the limit on a busy machine; then the run says so and is incomplete.
        Assert.True(run.ExitCode is 0 or 3, string.Join('\n', run.Errors));
        Assert.Equal("load", (string)run.Json["command"]!);
        Assert.True((bool)run.Json["gates"]![0]!["holds"]!);
        Assert.Equal(50, Value(run.Json, "closed 4", "requests/ok"));
        Assert.Equal(1, Value(run.Json, "closed 2", "goodput/share"));
        Assert.Equal(6 * Value(run.Json, "closed 2", "request_rate")!.Value, Value(run.Json, "closed 2", "token_rate")!.Value, 1e-6);
        Assert.Equal(101, File.ReadLines(Path.Combine(folder.Path, "all.csv")).Count());
        JsonNode[] requests = [.. File.ReadLines(Path.Combine(folder.Path, "all.jsonl")).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(100, requests.Count(request => (string)request["outcome"]! == "ok" && (int)request["tokens"]! == 6));
        Assert.All(requests, request => Assert.True((double)request["scheduled"]! <= (double)request["sent"]! && (double)request["sent"]! <= (double)request["first_token"]!));
        var html = await File.ReadAllTextAsync(Path.Combine((string)run.Json["report"]!, "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("VALID", html, StringComparison.Ordinal);

        var again = LoadReport.OfLog(Path.Combine(folder.Path, "load-2.alog"), "report", TimeProvider.System);
        foreach (var estimate in again.Estimates.Where(estimate => estimate.Metric is not ("memory/peak" or "cpu_seconds/per_1000")))
        {
            var first = Find(run.Json, "closed 4", estimate.Metric)!;
            Assert.Equal(((double?)first["value"], (double?)first["low"], (double?)first["high"], (string?)first["reason"]), (estimate.Value, estimate.Low, estimate.High, estimate.Reason));
        }

        Assert.Equal(Find(run.Json, "closed 4").Length, again.Estimates.Length);
        Assert.Equal(50, again.Loads.Single().Ok);
    }

    [Fact]
    public async Task Streams_with_an_error_in_them_and_streams_that_are_cut_are_failures_of_their_kinds()
    {
        using var folder = new TemporaryFolder();
        foreach (var (fault, metric, reason) in new[] { ("error_in_stream:1@3", "requests/error", "error"), ("cut:1@3", "requests/truncated", "connection"), ("cut_clean:1@3", "requests/truncated", "[DONE]") })
        {
            await using var simulator = Start(Fault.Parse(fault));
            var run = await AssayProcess.RunAsync(
                folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--concurrency", "4", "--requests", "20", "--output-tokens", "8", "--input-tokens", "8", "--json", "--output", fault.Split(':')[0]);
            Assert.Equal((20, 0, 0), (Value(run.Json, "closed 4", metric), Value(run.Json, "closed 4", "requests/ok"), Value(run.Json, "closed 4", "goodput/share")));
            Assert.Contains(reason, (string)Find(run.Json, "closed 4", metric)!["reason"]!, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("(20)", (string)Find(run.Json, "closed 4", metric)!["reason"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_trace_is_replayed_at_its_own_times()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = Start();
        folder.Write("trace.jsonl", string.Concat(Enumerable.Range(0, 40).Select(i => $"{{\"at\": {i * i / 100.0:0.00}, \"input_tokens\": {5 + i}, \"output_tokens\": {1 + (i % 5)}}}\n")));
        var run = await AssayProcess.RunAsync(
            folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--protocol", "completions", "--trace", "trace.jsonl", "--scale", "20", "--records", "all.jsonl", "--json");
        JsonNode[] requests = [.. File.ReadLines(Path.Combine(folder.Path, "all.jsonl")).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(40, Value(run.Json, "trace trace.jsonl x20", "requests/ok"));
        Assert.All(requests, request =>
        {
            var i = (int)request["index"]!;
            Assert.Equal(i * i / 2000.0, (double)request["scheduled"]!, 1e-7);
            Assert.Equal((5 + i, 1 + (i % 5)), ((int)request["input_tokens"]!, (int)request["tokens"]!));
        });
    }

    [Fact]
    public async Task Sessions_take_their_turns_and_are_counted()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = Start();
        var run = await AssayProcess.RunAsync(
            folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--concurrency", "3", "--sessions", "6", "--turns", "3", "--think", "5ms", "--records", "all.jsonl", "--json");
        Assert.Equal((18, 6), (Value(run.Json, "closed 3", "requests/ok"), Value(run.Json, "closed 3", "sessions")));
        var turns = File.ReadLines(Path.Combine(folder.Path, "all.jsonl")).Select(line => JsonNode.Parse(line)!).GroupBy(request => (int)request["session"]!);

        // Each turn holds the conversation before it.
        Assert.All(turns, session => Assert.Equal(3, session.OrderBy(turn => (int)turn["turn"]!).Select(turn => (int)turn["input_tokens"]!).Distinct().Count()));
    }

    [Fact]
    public async Task Several_processes_make_one_load()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = Start();
        var run = await AssayProcess.RunAsync(
            folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--rate", "40", "--arrivals", "constant", "--duration", "1s", "--output-tokens", "3", "--input-tokens", "4",
            "--processes", "2", "--log", "load.alog", "--records", "all.jsonl", "--seed", "9", "--json");
        Assert.Equal(40, Value(run.Json, "constant 40/s", "requests/ok"));
        int[] places = [.. File.ReadLines(Path.Combine(folder.Path, "all.jsonl")).Select(line => (int)JsonNode.Parse(line)!["index"]!)];
        Assert.Equal(Enumerable.Range(0, 40), places.Order());
        Assert.Equal(40, LoadReport.OfLog(Path.Combine(folder.Path, "load.alog"), "report", TimeProvider.System).Loads.Single().Ok);
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_input_is_told_at_once()
    {
        using var folder = new TemporaryFolder();
        var run = await AssayProcess.RunAsync(
            folder.Path, "load", "http://127.0.0.1:1/v1", "--rate", "5", "--arrivals", "gamma:x", "--slo", "ttft_p99=fast,nonsense_p50=1s", "--input-tokens", "many", "--gate", "what", "--think", "soon");
        Assert.Equal(2, run.ExitCode);
        foreach (var message in new[] { "--arrivals is 'gamma:x'", "--slo has 'ttft_p99=fast'", "--input-tokens is 'many'", "--model is missing", "gate 'what'", "--think is 'soon'" })
        {
            Assert.Contains(run.Errors, error => error.Contains(message, StringComparison.Ordinal));
        }

        var both = await AssayProcess.RunAsync(folder.Path, "load", "nowhere", "--rate", "5", "--concurrency", "2", "--model", "m");
        Assert.Equal(2, both.ExitCode);
        Assert.Contains(both.Errors, error => error.Contains("The address is 'nowhere'", StringComparison.Ordinal));
        var missing = await AssayProcess.RunAsync(folder.Path, "load", "http://127.0.0.1:1/v1", "--model", "m", "--trace", "none.csv");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains(missing.Errors, error => error.Contains("none.csv: the trace cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_done_is_kept_when_the_run_is_interrupted()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = Start();
        using var load = new AssayProcess(folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--concurrency", "2", "--duration", "4s", "--log", "load.alog", "--json");
        await load.SeeAsync("in flight");
        load.Signal("INT");
        var run = await load.EndAsync();
        Assert.Equal((130, "incomplete"), (run.ExitCode, (string)run.Json["verdict"]!));
        Assert.True(Value(run.Json, "closed 2", "requests/ok") > 0);
        Assert.StartsWith("cancelled", (string)Find(run.Json, "closed 2", "requests/sent")!["reason"]!, StringComparison.Ordinal);
        Assert.Equal(Verdict.Incomplete, LoadReport.OfLog(Path.Combine(folder.Path, "load.alog"), "report", TimeProvider.System).Verdict);
    }

    [Fact]
    public async Task The_key_is_sent_and_kept_nowhere()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = Start();
        Environment.SetEnvironmentVariable("ASSAY_TEST_LOAD_KEY", "sk-very-secret");
        var run = await AssayProcess.RunAsync(
            folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--concurrency", "1", "--requests", "3", "--api-key-env", "ASSAY_TEST_LOAD_KEY", "--log", "load.alog", "--records", "all.jsonl", "--json");
        Assert.Equal(3, Value(run.Json, "closed 1", "requests/ok"));
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.False((await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan().IndexOf("very-secret"u8) >= 0, file);
        }

        var unset = await AssayProcess.RunAsync(folder.Path, "load", simulator.Address + "v1", "--model", "sim", "--concurrency", "1", "--requests", "3", "--api-key-env", "ASSAY_TEST_NO_KEY");
        Assert.Equal(2, unset.ExitCode);
    }

    [Fact]
    public async Task A_spec_loads_a_service_that_runs_already()
    {
        using var folder = new TemporaryFolder();
        await using var simulator = Start();
        folder.Write("prompts.txt", "one two three\n{\"prompt\": \"four five\"}\n");
        folder.Write("load.yaml", $$$"""
            name: service
            load:
              - {name: steps, url: "{{{simulator.Address}}}v1", protocol: chat, model: sim, prompts: prompts.txt, max_tokens: 4, arrivals: {steps: [{rate: 40, duration: 1s}]}, slo: {ttft_p50: 10s}}
            gates: ["load.steps.requests_failed == 0", "load.steps.ttft_p99.9 <= 1h"]
            """);
        var run = await AssayProcess.RunAsync(folder.Path, "run", "load.yaml", "--json");
        Assert.True(Value(run.Json, "steps", "requests/ok") > 10);
        Assert.True((bool)run.Json["gates"]![0]!["holds"]!);

        // A p99.9 of some 40 requests is refused, and its gate does not hold.
        Assert.False((bool)run.Json["gates"]![1]!["holds"]!);
        Assert.Contains("needs", (string)run.Json["gates"]![1]!["reason"]!, StringComparison.Ordinal);
    }

    static Simulator Start(params ImmutableArray<Fault> faults) =>
        Simulator.Start(new SimulatorOptions { FirstToken = Delay.Parse("2ms"), Gap = Delay.Parse("1ms"), Faults = faults }, TimeProvider.System);

    static double? Value(JsonNode report, string profile, string metric) => (double?)Find(report, profile, metric)?["value"];

    static JsonNode? Find(JsonNode report, string profile, string metric) => Find(report, profile).FirstOrDefault(estimate => (string)estimate["metric"]! == metric);

    static JsonNode[] Find(JsonNode report, string profile) =>
        [.. report["estimates"]!.AsArray().Where(estimate => (string)estimate!["slice"]!["load"]! == profile).Select(estimate => estimate!)];
}
