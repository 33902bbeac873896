using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Assay.Benchmarks;

/// <summary>The peers' scripts and inputs: a copy of ../shared/peers under artifacts, made once.</summary>
public sealed class PeerData
{
    const string Python = "/usr/bin/python3";

    readonly string _folder;

    PeerData(string folder, string shared)
    {
        (_folder, Shared) = (folder, shared);
    }

    /// <summary>The folder of public data beside the checkout.</summary>
    public string Shared { get; }

    /// <summary>Copies the scripts and has them write their inputs where they are not there yet.</summary>
    public static PeerData Prepare(string root)
    {
        var (source, folder) = (Path.Combine(root, "..", "shared", "peers"), Path.Combine(root, "artifacts", "peers"));
        if (!Directory.Exists(source))
        {
            throw new DirectoryNotFoundException($"There is no {source}: the benchmarks need ../shared beside the checkout.");
        }

        Directory.CreateDirectory(Path.Combine(folder, "data"));
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var peers = new PeerData(folder, Path.Combine(root, "..", "shared"));
        peers.RunOnce("gen_data.py", "table.csv");
        peers.RunOnce("export.py", "expected.json");
        return peers;
    }

    /// <summary>Path of an input.</summary>
    public string PathOf(string name) => Path.Combine(_folder, "data", name);

    /// <summary>An input as an array of its raw little-endian values.</summary>
    public T[] Read<T>(string name)
        where T : unmanaged
    {
        var values = new T[new FileInfo(PathOf(name)).Length / Marshal.SizeOf<T>()];
        using var file = File.OpenRead(PathOf(name));
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>An input of bench.py that export.py does not write: made once from the same seed by this numpy expression.</summary>
    public T[] Made<T>(string name, string expression)
        where T : unmanaged
    {
        if (!File.Exists(PathOf(name)))
        {
            using var process = Process.Start(Python, ["-c", $"import numpy as np; ({expression}).tofile(r'{PathOf(name)}')"]);
            process.WaitForExit();
        }

        return Read<T>(name);
    }

    /// <summary>Times a case of the peer on one thread: median seconds, its result, and the memory it added in MiB.</summary>
    public (double Seconds, string Result, double AddedMiB)? Time(string peerCase, int repetitions)
    {
        if (LlamaBench.Knows(peerCase))
        {
            return LlamaBench.Time(peerCase, repetitions, Shared);
        }

        if (peerCase == PromptfooBench.Case)
        {
            return PromptfooBench.Time(_folder, repetitions);
        }

        var output = Run("bench.py", peerCase, $"{repetitions}");
        if (output is null || JsonNode.Parse(output) is not { } json)
        {
            return null;
        }

        return ((double)json["median"]!, json["result"]?.ToJsonString() ?? "", (double)json["rss_peak_mib"]! - (double)json["rss_before_mib"]!);
    }

    void RunOnce(string script, string makes)
    {
        if (!File.Exists(PathOf(makes)))
        {
            _ = Run(script) ?? throw new InvalidOperationException($"{script} failed; it needs python3-sklearn and python3-pandas from Debian's packages.");
        }
    }

    string? Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(_folder, script), .. arguments]) { RedirectStandardOutput = true };
        foreach (var variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TORCH_THREADS"])
        {
            start.Environment[variable] = "1";
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
}
