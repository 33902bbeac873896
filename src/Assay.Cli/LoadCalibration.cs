using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Load;
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
            string Cell(string name, double scale, string unit) =>
                (values[$"{Metric}/{name}"] is { } value ? (scale * value).ToString("F3", CultureInfo.InvariantCulture) + unit : "-").PadLeft(11);
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
            LoadResult warm, result;
            ProcessUsage before, after;
            var server = await ServeProcess.StartCommandAsync(
                ["simulate", "--ttft", ttft, "--gap", gap, "--tokens", Chunks.ToString(CultureInfo.InvariantCulture), "--truth", file, "--until-stdin-closes"], cancellationToken).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                var target = OpenAITarget.Of(new OpenAIModelOptions { BaseAddress = new Uri(server.Address, "v1/"), Model = "sim" }, ["How late are you?"], Chunks, []);
                var load = new LoadOptions { Arrivals = new ConstantArrivals(rate), Duration = duration };
                warm = await LoadGenerator.RunAsync(target, load with { Duration = TimeSpan.FromSeconds(1) }, time, null, cancellationToken).ConfigureAwait(false);
                before = ProcessUsage.Read(Environment.ProcessId)!.Value;
                result = await LoadGenerator.RunAsync(target, load, time, null, cancellationToken).ConfigureAwait(false);
                after = ProcessUsage.Read(Environment.ProcessId)!.Value;
            }

            var truths = Truths(file).Skip(warm.Sent).ToArray();
            return Estimates(result, truths, (after.Cpu - before.Cpu).TotalSeconds, string.Create(CultureInfo.InvariantCulture, $"constant {rate:F0}/s, {Chunks} chunks, ttft {ttft}, gap {gap}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Time to the first token and mean gap of each answer, in seconds, by the time of its request.
    static IEnumerable<(double Ttft, double Gap)> Truths(string file) => File.ReadLines(file).Select(line => JsonNode.Parse(line)!)
        .OrderBy(line => (double)line["arrived"]!)
        .Select(line => (
            (double?)line["first_written"] - (double)line["arrived"]! ?? double.NaN,
            ((double?)line["last_written"] - (double?)line["first_written"]) / ((int)line["chunks"]! - 1) ?? double.NaN));

    // The k-th request sent is the k-th that arrived. Two that changed places have nearly the same truth, so that their pairs are hardly worse.
    static IEnumerable<Estimate> Estimates(LoadResult result, (double Ttft, double Gap)[] truths, double cpuSeconds, string load)
    {
        var sent = result.Exchanges.Where(exchange => exchange.Outcome != Outcome.NeverSent).OrderBy(exchange => exchange.Sent).ToArray();
        var isWhole = sent.Length == truths.Length && sent.All(exchange => exchange.Outcome == Outcome.Ok);
        var pairs = isWhole ? sent.Zip(truths).ToArray() : [];
        double[] first = [.. pairs.Select(pair => Math.Abs((pair.First.FirstToken!.Value - pair.First.Sent).TotalSeconds - pair.Second.Ttft)).Order()];
        double[] gaps = [.. pairs.Select(pair => Math.Abs(((pair.First.LastToken!.Value - pair.First.FirstToken!.Value).TotalSeconds / (Chunks - 1)) - pair.Second.Gap)).Order()];
        var reason = isWhole ? null : $"{sent.Length} requests were sent, {result.Ok} were answered well, and the simulator knows of {truths.Length}";
        Estimate[] estimates =
        [
            Percentile("ttft_error", 50, first, reason), Percentile("ttft_error", 99, first, reason),
            Percentile("gap_error", 50, gaps, reason), Percentile("gap_error", 99, gaps, reason),
            Create("chunk_rate", result.Window > TimeSpan.Zero ? result.Ok * Chunks / result.Window.TotalSeconds : null, result.Ok, "1/s", "one run is one observation"),
            Create("cpu_seconds/per_1000", result.Ok == 0 ? null : 1000 * cpuSeconds / result.Ok, result.Ok, "s", "one run is one observation"),
        ];
        return estimates.Select(estimate => estimate with { Stage = "load", Model = "sim", Slice = new Dictionary<string, string> { ["load"] = load } });
    }

    static Estimate Percentile(string name, int percent, double[] sorted, string? reason)
    {
        var quantile = QuantileInterval.OfSorted(sorted, percent / 100.0);
        var estimate = Create($"{name}/p{percent}", null, sorted.Length, "s", reason ?? $"needs {quantile.Needed} more");
        return reason is null && quantile.Interval is { } interval ? (estimate with { Value = quantile.Value, Reason = null }).With(interval) : estimate;
    }

    static Estimate Create(string name, double? value, long n, string unit, string reason) =>
        new() { Metric = $"{Metric}/{name}", Definition = $"{Metric}/{name}", Value = value, N = n, Unit = unit, Reason = reason };
}
