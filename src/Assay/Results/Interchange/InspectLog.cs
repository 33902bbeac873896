using System.IO.Compression;
using System.Text.Json;

namespace Assay.Results.Interchange;

/// <summary>Logs of inspect_ai (EvalLog version 2): one JSON file, or an .eval archive of JSON entries.</summary>
static class InspectLog
{
    public static IEnumerable<Record> Read(string path) => IsArchive(path) ? ReadArchive(path) : ReadJson(path);

    static IEnumerable<Record> ReadJson(string path)
    {
        using var file = File.OpenRead(path);
        using var log = JsonParts.Read(path, file);
        var header = Header(path, log.RootElement);
        if (log.RootElement.Part("samples") is not { ValueKind: JsonValueKind.Array } samples)
        {
            throw new UserErrorException($"{path}: the log has no 'samples'. Expected a log with its samples: an .eval archive has them too.");
        }

        foreach (var sample in samples.EnumerateArray())
        {
            yield return InspectSample.Of(sample, header);
        }
    }

    static IEnumerable<Record> ReadArchive(string path)
    {
        using var archive = Open(path);
        var start = archive.GetEntry("header.json") ?? archive.GetEntry("_journal/start.json")
            ?? throw new UserErrorException($"{path}: the archive has neither header.json nor _journal/start.json. Expected an .eval log of inspect_ai.");
        InspectHeader header;
        using (var document = Entry(path, start))
        {
            header = Header(path, document.RootElement);
        }

        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith("samples/", StringComparison.Ordinal) && entry.FullName.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var sample = Entry(path, entry);
            yield return InspectSample.Of(sample.RootElement, header);
        }
    }

    static InspectHeader Header(string path, JsonElement log)
    {
        if (log.Part("eval") is not { } eval)
        {
            throw new UserErrorException($"{path}: there is no 'eval' in it. Expected an EvalLog of inspect_ai, version 2.");
        }

        var epochs = eval.Part("config").Part("epochs").Count() ?? 1;
        return new InspectHeader(eval.Text("task") ?? "inspect", eval.Text("model") ?? "unknown", epochs > 1);
    }

    static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"{path}: it is no zip archive, or it was cut: {e.Message} Export it again.", e);
        }
    }

    static JsonDocument Entry(string path, ZipArchiveEntry entry)
    {
        try
        {
            using var content = entry.Open();
            return JsonParts.Read($"{path}:{entry.FullName}", content);
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException(
                $"{path}: '{entry.FullName}' cannot be unpacked: {e.Message} inspect_ai compresses with zstd by default, which .NET does not read. Convert the log: inspect log convert --to json --output-dir OUT {Path.GetFileName(path)}", e);
        }
    }

    static bool IsArchive(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PK"u8);
    }
}

/// <summary>What all samples of a log share.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Model">Its name.</param>
/// <param name="HasEpochs">Every sample was asked several times.</param>
sealed record InspectHeader(string Task, string Model, bool HasEpochs);
