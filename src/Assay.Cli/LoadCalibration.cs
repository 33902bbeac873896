using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Cli;

/// <summary>
/// The load generator's own error: what it reports of a simulator in a process of its own, against what that simulator knows to be true,
/// at more and more chunks per second.
/// </summary>
static class LoadCalibration
{
    const int Chunks = 16;
    const string Metric = "calibration";

    // 20 ms and 15 gaps of 8 ms are 140 ms: at so many requests per second, as many as named are open.
    static readonly (int Open, double Rate, string Ttft, string Gap)[] _ladder =
        [(1, 1 / 0.14, "20ms", "8ms"), (16, 16 / 0.14, "20ms", "8ms"), (64, 64 / 0.14, "20ms", "8ms"), (256, 256 / 0.14, "20ms", "8ms"), (0, 2000, "0", "0")];

    /// <summary>One step of the ladder after the other.</summary>
    /// <param name="duration">Of each step.</param>
    /// <param name="progress">Told of each step when it begins.</param>
    /// <param name="time">Must go as real time does.</param>
    /// <param name="cancellationToken">Ends with the steps that are done.</param>
    /// <returns>Of each step the errors of the time to the first token and of the gap, the chunks per second, and the client's CPU time.</returns>
    public static async Task<IReadOnlyList<Estimate>> RunAsync(TimeSpan duration, IProgress<string>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var estimates = new List<Estimate>();
        foreach (var (i, step) in _ladder.Index())
        {
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"calibration {i + 1} of {_ladder.Length}: {step.Rate * Chunks:F0} chunks/s"));
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            estimates.AddRange(await StepAsync(step.Rate, step.Ttft, step.Gap, duration, time, cancellationToken).ConfigureAwait(false));
        }

        return estimates;
    }

    /// <summary>The error curve as a table.</summary>
    public static void Print(TextWriter output, IReadOnlyList<Estimate> estimates)
    {
        output.WriteLine($"{"chunks/s",10} {"ttft p50",11} {"ttft p99",11} {"gap p50",11} {"gap p99",11} {"CPU s/1000",11}");
        foreach (var step in estimates.GroupBy(estimate => estimate.Slice!["load"]))
        {
            var values = step.ToDictionary(estimate => estimate.Metric, estimate => estimate.Value);
            string Cell(string name, double scale, string unit)
            {
                return (values[$"{Metric}/{name}"] is { } value ? (scale * value).ToString("F3", CultureInfo.InvariantCulture) + unit : "-").PadLeft(11);
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{values[$"{Metric}/chunk_rate"],10:F0} {Cell("ttft_error/p50", 1e3, " ms")} {Cell("ttft_error/p99", 1e3, " ms")} {Cell("gap_error/p50", 1e3, " ms")} {Cell("gap_error/p99", 1e3, " ms")} {Cell("cpu_seconds/per_1000", 1, "")}"));
        }
    }

    static async Task<IEnumerable<Estimate>> StepAsync(double rate, string ttft, string gap, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("assay-calibration-");
        try
        {
            var file = Path.Combine(folder.FullName, "truth.jsonl");
            LoadResult result;
            ProcessUsage before, after;
            var server = await ServeProcess.StartCommandAsync(
                ["simulate", "--ttft", ttft, "--gap", gap, "--tokens", Chunks.ToString(CultureInfo.InvariantCulture), "--truth", file, "--until-stdin-closes"], cancellationToken).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                var target = new LoadTarget { Address = new Uri(server.Address, "v1/chat/completions"), Protocol = LoadProtocol.Chat, Payloads = new Numbered("") };
                var load = new LoadOptions { Arrivals = new ConstantArrivals(rate), Duration = duration };
                await LoadGenerator.RunAsync(target with { Payloads = new Numbered("warm-up ") }, load with { Duration = TimeSpan.FromSeconds(1) }, time, null, cancellationToken).ConfigureAwait(false);
                before = ProcessUsage.Read(Environment.ProcessId)!.Value;
                result = await LoadGenerator.RunAsync(target, load, time, null, cancellationToken).ConfigureAwait(false);
                after = ProcessUsage.Read(Environment.ProcessId)!.Value;
            }

            return Estimates(result, Truths(file), (after.Cpu - before.Cpu).TotalSeconds, string.Create(CultureInfo.InvariantCulture, $"constant {rate:F0}/s, {Chunks} chunks, ttft {ttft}, gap {gap}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Time to the first token and mean gap of each whole answer, in seconds, by the request's name. The client may try a connection with the
    // first request before the run: of answers of one name the last to arrive is the run's.
    static Dictionary<string, (double Ttft, double Gap)> Truths(string file) => File.ReadLines(file).Select(line => JsonNode.Parse(line)!)
        .Where(line => (string)line["outcome"]! == "ok")
        .GroupBy(line => (string)line["id"]!)
        .ToDictionary(group => group.Key, group => Times(group.MaxBy(line => (double)line["arrived"]!)!));

    static (double Ttft, double Gap) Times(JsonNode line) => (
        (double)line["first_written"]! - (double)line["arrived"]!,
        ((double)line["last_written"]! - (double)line["first_written"]!) / ((int)line["chunks"]! - 1));

    static IEnumerable<Estimate> Estimates(LoadResult result, Dictionary<string, (double Ttft, double Gap)> truths, double cpuSeconds, string load)
    {
        var pairs = result.Exchanges.Where(exchange => exchange.Outcome == Outcome.Ok)
            .Select(exchange => (Seen: exchange, Truth: truths[exchange.Index.ToString(CultureInfo.InvariantCulture)])).ToArray();
        double[] first = [.. pairs.Select(pair => Math.Abs((pair.Seen.FirstToken!.Value - pair.Seen.Sent).TotalSeconds - pair.Truth.Ttft)).Order()];
        double[] gaps = [.. pairs.Select(pair => Math.Abs(((pair.Seen.LastToken!.Value - pair.Seen.FirstToken!.Value).TotalSeconds / (Chunks - 1)) - pair.Truth.Gap)).Order()];
        var excluded = result.Exchanges.Count - pairs.Length;
        Estimate[] estimates =
        [
            Percentile("ttft_error", 50, first, excluded), Percentile("ttft_error", 99, first, excluded),
            Percentile("gap_error", 50, gaps, excluded), Percentile("gap_error", 99, gaps, excluded),
            Create("chunk_rate", result.Window > TimeSpan.Zero ? result.Ok * Chunks / result.Window.TotalSeconds : null, result.Ok, "1/s", "one run is one observation"),
            Create("cpu_seconds/per_1000", result.Ok == 0 ? null : 1000 * cpuSeconds / result.Ok, result.Ok, "s", "one run is one observation"),
        ];
        return estimates.Select(estimate => estimate with { Stage = "load", Model = "sim", Slice = new Dictionary<string, string> { ["load"] = load } });
    }

    static Estimate Percentile(string name, int percent, double[] sorted, int excluded)
    {
        var quantile = QuantileInterval.OfSorted(sorted, percent / 100.0);
        var estimate = Create($"{name}/p{percent}", null, sorted.Length, "s", $"needs {quantile.Needed} more") with { Excluded = excluded };
        return quantile.Interval is { } interval ? (estimate with { Value = quantile.Value, Reason = null }).With(interval) : estimate;
    }

    static Estimate Create(string name, double? value, long n, string unit, string reason) =>
        new() { Metric = $"{Metric}/{name}", Definition = $"{Metric}/{name}", Value = value, N = n, Unit = unit, Reason = reason };

    /// <summary>Each request has its place in the schedule as its name.</summary>
    sealed class Numbered(string prefix) : IPayloads
    {
        public LoadRequest Of(int index) => new(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"model":"sim","messages":[{"role":"user","content":"How late are you?"}],"max_tokens":{{Chunks}},"stream":true,"stream_options":{"include_usage":true},"request_id":"{{prefix}}{{index}}"}""")));
    }
}
