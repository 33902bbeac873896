using System.Diagnostics;
using System.Globalization;
using System.Text;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Models;

namespace Assay.Benchmarks;

/// <summary>
/// The load client on core 0 against a server on core 1, with its event log on; wrk and autocannon (npm, in $AUTOCANNON or on the path) where they are there.
/// The column of results has the figures: the seconds are only those of the run.
/// </summary>
static class LoadBenchmarks
{
    const string Body = """{"model":"m","messages":[{"role":"user","content":"Write sixteen words about the sea, please."}],"max_tokens":16,"stream":true,"stream_options":{"include_usage":true}}""";
    const int Seconds = 5;

    public static IEnumerable<Benchmark> All =>
    [
        new("Load", "16 chunks at once, concurrency 64", null, 1, _ => () => Closed(64)),
        new("Load", "16 chunks at once, concurrency 256", null, 1, _ => () => Closed(256)),
        new("Load", "16 chunks 8 ms apart, concurrency 256", null, 1, _ => () => WithServer(8, address => Ours(address, $"closed 256 {Seconds}"))),
        new("Load", "open loop, 2000/s for 30 s", null, 1, _ => () => WithServer(0, address => Ours(address, "poisson 2000 30"))),
        new("Load", "open loop at 100000/s: beyond the client's limit", null, 1, _ => () => WithServer(0, address => Ours(address, "constant 100000 3"))),
    ];

    /// <summary>The process of its own on core 0: prints one line.</summary>
    /// <param name="arguments">The address, the arrivals, their number, seconds.</param>
    public static async Task RunClientAsync(string[] arguments)
    {
        var log = Path.GetTempFileName();
        var (number, seconds) = (double.Parse(arguments[2], CultureInfo.InvariantCulture), int.Parse(arguments[3], CultureInfo.InvariantCulture));
        var target = new LoadTarget
        {
            Address = new Uri(arguments[0]),
            Protocol = LoadProtocol.Chat,
            Payloads = new FixedPayloads([(ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Body)], 1),
        };
        var options = new LoadOptions
        {
            Arrivals = arguments[1] switch { "closed" => new ClosedLoop((int)number), "poisson" => new PoissonArrivals(number), _ => new ConstantArrivals(number) },
            Duration = TimeSpan.FromSeconds(seconds),
            Warmup = TimeSpan.FromSeconds(1),
            Log = log,
            Seed = 1,
        };
        var result = await LoadGenerator.RunAsync(target, options, TimeProvider.System, null, CancellationToken.None);
        using var http = new HttpClient();
        var truth = (await http.GetStringAsync(target.Address)).Split(' ').Select(text => 1e3 * double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        Console.WriteLine(Describe(result, truth));
        File.Delete(log);
    }

    static string Describe(LoadResult result, double[] truth)
    {
        var client = result.Health!.Measured;
        var first = result.Exchanges.Where(exchange => exchange.Outcome == Outcome.Ok).Select(exchange => (exchange.FirstToken!.Value - exchange.Sent).TotalMilliseconds).Order().ToArray();
        var text = FormattableString.Invariant(
            $"{result.Ok / result.Window.TotalSeconds:F0}/s, {1000 * client.Cpu.TotalSeconds / result.Ok:F4} CPU s per 1000, {result.Failed} failed, busiest thread {client.BusiestThread:P0}, peak {Environment.WorkingSet >> 20} MiB; ");
        text += truth[1] > 0 ? FormattableString.Invariant(
            $"median first token {first[first.Length / 2]:F3} ms, true {truth[0]:F3}; median gap {result.Gaps.Quantile(0.5)!.Value.TotalMilliseconds:F3} ms, true {truth[1]:F3}; ") : "";
        if (client.SendLag.Count > 0)
        {
            var late = client.SendLag.CountAbove(TimeSpan.FromMilliseconds(1));
            var counts = result.Exchanges.CountBy(exchange => (int)(10 * exchange.Sent.TotalSeconds)).Where(pair => pair.Key < 10 * result.Window.TotalSeconds).Select(pair => (double)pair.Value).ToArray();
            var mean = counts.Average();
            text += FormattableString.Invariant(
                $"{1 - ((double)late / client.SendLag.Count):P2} sent within 1 ms, {result.Planned - result.Sent} of {result.Planned} not sent, dispersion of arrivals {counts.Sum(count => (count - mean) * (count - mean)) / (counts.Length - 1) / mean:F3}; ");
        }

        return text + (result.Health.IsValid ? "VALID" : "INVALID: " + string.Join("; ", result.Health.Problems));
    }

    static string Closed(int concurrency) => WithServer(0, address =>
    {
        var ours = Ours(address, $"closed {concurrency} {Seconds}");
        var script = Path.GetTempFileName();
        File.WriteAllText(script, $"wrk.method=\"POST\"\nwrk.headers[\"Content-Type\"]=\"application/json\"\nwrk.body=[[{Body}]]\n");
        var wrk = Peer($"wrk -t1 -c{concurrency} -d{Seconds}s -s {script} {address}", "requests in");
        var autocannon = Environment.GetEnvironmentVariable("AUTOCANNON") ?? "autocannon";
        var npm = Peer($"{autocannon} -c {concurrency} -d {Seconds} -m POST -H Content-Type=application/json -i {BodyFile()} --no-progress {address}", "requests in");
        File.Delete(script);
        return $"ours {ours}; wrk {wrk}; autocannon {npm}";
    });

    static string BodyFile()
    {
        var path = Path.Combine(Path.GetTempPath(), "assay-bench-body.json");
        File.WriteAllText(path, Body);
        return path;
    }

    static string WithServer(int gap, Func<string, string> work)
    {
        using var server = Process.Start(new ProcessStartInfo("taskset", ["-c", "1", Environment.ProcessPath!, "--load-server", $"{gap}"]) { RedirectStandardOutput = true })!;
        try
        {
            return work(server.StandardOutput.ReadLine()!);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    static string Ours(string address, string load) => Output($"taskset -c 0 {Environment.ProcessPath} --load-client {address} {load}").Trim();

    // User and system seconds of the process as the shell measured them, and the line with its number of requests.
    static string Peer(string command, string line)
    {
        var output = Output($"TIMEFORMAT='cpu %U %S'; time taskset -c 0 {command} 2>&1").Split('\n');
        return output.FirstOrDefault(text => text.Contains(line, StringComparison.Ordinal)) is { } found
            ? $"{found.Trim()}, {output.Last(text => text.StartsWith("cpu", StringComparison.Ordinal))}"
            : "is not there";
    }

    static string Output(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"{{ {command}; }} 2>&1"]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
