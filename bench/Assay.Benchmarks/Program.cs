using System.Diagnostics;
using System.Globalization;
using Assay.Benchmarks;

const int Repetitions = 5;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--load-server", var gap])
{
    new LoadServer(int.Parse(gap, CultureInfo.InvariantCulture)).Run();
}

if (args is ["--load-client", .. var load])
{
    await LoadBenchmarks.RunClientAsync(load);
    return 0;
}

if (args is ["--instant-server"])
{
    InstantServer.Run();
    return 0;
}

var root = Environment.CurrentDirectory;
if (!File.Exists(Path.Combine(root, "Assay.slnx")))
{
    Console.Error.WriteLine("Run it from the root of the checkout: dotnet run -c Release --project bench/Assay.Benchmarks -- [AREA or part of a name]");
    return 2;
}

var peers = PeerData.Prepare(root);
if (args is ["--only", var name])
{
    Console.WriteLine(Row(Catalogue.All.Single(benchmark => benchmark.Name == name)));
    return 0;
}

Console.WriteLine("| area | work | ours s (min-max) | peer s | times faster | target | ours added MiB | peer added MiB | ours | peer |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
foreach (var benchmark in Catalogue.All.Where(Chosen))
{
    // A process each: the memory that one added must not hide in the peak of another.
    using var process = Process.Start(Environment.ProcessPath!, ["--only", benchmark.Name]);
    process.WaitForExit();
}

return 0;

bool Chosen(Benchmark benchmark)
{
    return args.Length == 0 || args.Any(arg => benchmark.Area.Equals(arg, StringComparison.OrdinalIgnoreCase) || benchmark.Name.Contains(arg, StringComparison.OrdinalIgnoreCase));
}

string Row(Benchmark benchmark)
{
    var ours = Timing.Of(benchmark.Prepare(peers), Repetitions, TimeProvider.System);
    var peer = benchmark.PeerCase is { } peerCase ? peers.Time(peerCase, Repetitions) : null;
    return $"| {benchmark.Area} | {benchmark.Name} | {ours.Median:G3} ({ours.Min:G3}-{ours.Max:G3}) | {peer?.Seconds:G3} | {peer?.Seconds / ours.Median:F1} | {benchmark.Target} "
        + $"| {ours.AddedMiB:F0} | {peer?.AddedMiB:F0} | {ours.Result} | {Short(peer?.Result)} |";
}

static string Short(string? text)
{
    return text is { Length: > 80 } ? text[..80] : text ?? "";
}
