using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Assay.Benchmarks;

/// <summary>promptfoo of npm, installed under artifacts/peers/promptfoo by <c>npm i promptfoo</c>: the same questions to the same endpoint, as many at a time.</summary>
static class PromptfooBench
{
    public const string Case = "promptfoo";
    public const int Samples = 1000;
    const int AtATime = 64;

    /// <summary>The whole <c>assay eval</c>.</summary>
    public static Func<object?> Ours(string taskFile)
    {
        var (server, port) = InstantServer.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Kill();
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        return () =>
        {
            var json = JsonNode.Parse(Run(new ProcessStartInfo("dotnet",
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll"), "eval", taskFile, "--model", $"openai:http://127.0.0.1:{port}/v1#m",
                "--concurrency", $"{AtATime}", "--output", folder, "--json",
            ])))!;
            var estimate = json["estimates"]!.AsArray().First(item => (string)item!["metric"]! == "exact_match")!;
            return $"{estimate["value"]} of {estimate["n"]}";
        };
    }

    /// <summary>Null where promptfoo is not installed.</summary>
    public static (double Seconds, string Result, double AddedMiB)? Time(string peers, int repetitions)
    {
        var folder = Path.Combine(peers, "promptfoo");
        if (!File.Exists(Path.Combine(folder, "node_modules", ".bin", "promptfoo")))
        {
            return null;
        }

        var (server, port) = InstantServer.Start();
        using var process = server;
        File.WriteAllText(Path.Combine(folder, "promptfooconfig.json"), Config(Path.Combine(peers, "data", $"runner-{Samples}.jsonl"), port));
        var seconds = new double[repetitions];
        for (var i = 0; i < repetitions; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            Run(Command(folder));
            seconds[i] = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        }

        server.Kill();
        Array.Sort(seconds);
        var statistics = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "out.json")))!["results"]!["stats"]!;
        return (seconds[repetitions / 2], $"{statistics["successes"]} of {Samples}", double.NaN);
    }

    static ProcessStartInfo Command(string folder)
    {
        var start = new ProcessStartInfo(
            Path.Combine(folder, "node_modules", ".bin", "promptfoo"),
            ["eval", "-c", "promptfooconfig.json", "--no-cache", "--no-progress-bar", "--no-table", "--max-concurrency", $"{AtATime}", "--output", "out.json"])
        {
            WorkingDirectory = folder,
        };
        foreach (var variable in (string[])["PROMPTFOO_DISABLE_TELEMETRY", "PROMPTFOO_DISABLE_UPDATE", "PROMPTFOO_DISABLE_REMOTE_GENERATION"])
        {
            start.Environment[variable] = "1";
        }

        start.Environment["PROMPTFOO_CONFIG_DIR"] = Path.Combine(folder, "state");
        return start;
    }

    static string Config(string data, int port) => new JsonObject
    {
        ["prompts"] = new JsonArray("Question: {{question}}\nAnswer:"),
        ["providers"] = new JsonArray(new JsonObject
        {
            ["id"] = "openai:chat:m",
            ["config"] = new JsonObject { ["apiBaseUrl"] = $"http://127.0.0.1:{port}/v1", ["apiKey"] = "none", ["temperature"] = 0, ["max_tokens"] = 64 },
        }),
        ["tests"] = new JsonArray([.. File.ReadLines(data).Select(line => JsonNode.Parse(line)!).Select(row => new JsonObject
        {
            ["vars"] = new JsonObject { ["question"] = row["question"]!.DeepClone() },
            ["assert"] = new JsonArray(new JsonObject { ["type"] = "regex", ["value"] = $"answer is {row["answer"]}\\." }),
        })]),
    }.ToJsonString();

    static string Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
