using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Assay.Benchmarks;

/// <summary>llama.cpp's own benchmark in the root that ../shared/tools/llama-server.sh makes (LLAMA_ROOT, default /var/tmp/llama-root).</summary>
static class LlamaBench
{
    const string Prefix = "llama-bench";

    /// <summary>A case for <see cref="Time"/>: so many times what these arguments do, one thread.</summary>
    public static string Case(string file, int times, string arguments) => $"{Prefix}|{file}|{times}|{arguments}";

    public static bool Knows(string peerCase) => peerCase.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Null where there is no such root.</summary>
    public static (double Seconds, string Result, double AddedMiB)? Time(string peerCase, int repetitions, string shared)
    {
        var root = Environment.GetEnvironmentVariable("LLAMA_ROOT") ?? "/var/tmp/llama-root";
        if (!File.Exists(Path.Combine(root, "usr", "bin", Prefix)))
        {
            return null;
        }

        Prepare(root, shared);
        var parts = peerCase.Split('|');
        var json = Run(root, $"{Prefix} -m /models/{parts[1]} -t 1 {parts[3]} -r {repetitions * 4} -o json");
        var nanoseconds = (double)JsonNode.Parse(json)![0]!["avg_ns"]!;
        return (nanoseconds * int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) / 1e9, "", double.NaN);
    }

    static void Prepare(string root, string shared)
    {
        var models = Directory.CreateDirectory(Path.Combine(root, "models")).FullName;
        if (!File.Exists(Path.Combine(models, "tiny-f16.gguf")))
        {
            File.Copy(Path.Combine(shared, "tiny-lm", "tiny.gguf"), Path.Combine(models, "tiny.gguf"), overwrite: true);
            Run(root, "llama-quantize /models/tiny.gguf /models/tiny-f16.gguf F16");
        }
    }

    static string Run(string root, string command)
    {
        using var process = Process.Start(new ProcessStartInfo("chroot", [root, .. command.Split(' ')]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
