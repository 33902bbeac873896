using System.Security.Cryptography;
using System.Text;
using Assay.Results.Harness;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running.Harness;

/// <summary>
/// Writes one task's samples file as they come. The harness has all lines of a filter together: those of each filter wait in a file of their own. Until
/// <see cref="Complete"/> nothing has the name of a whole file.
/// </summary>
sealed class HarnessSamplesFile : IDisposable
{
    readonly TaskDefinition _task;
    readonly string _path;
    readonly bool _chat;
    readonly FileStream[] _parts;
    readonly StreamWriter[] _filters;
    readonly StreamWriter _hashes;

    public HarnessSamplesFile(TaskDefinition task, string path, bool chat)
    {
        (_task, _path, _chat) = (task, path, chat);
        _parts = [.. Enumerable.Range(0, task.Filters.Length + 1).Select(i => new FileStream(
            $"{path}.{i}.part", FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16, FileOptions.DeleteOnClose))];
        StreamWriter[] writers = [.. _parts.Select(part => new StreamWriter(part, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" })];
        (_filters, _hashes) = (writers[..^1], writers[^1]);
    }

    public void Add(Sample sample, string? output, string? reasoning, IReadOnlyList<SampleScore> scores)
    {
        for (var i = 0; i < scores.Count; i++)
        {
            var (line, hashes) = HarnessSampleLine.Write(_task, sample, output, reasoning, scores[i], _chat);
            _filters[i].WriteLine(line);
            if (i == 0)
            {
                _hashes.Write(hashes);
            }
        }
    }

    /// <summary>Puts the parts together.</summary>
    /// <returns>The task's hash: of the hashes of all lines.</returns>
    public string Complete()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var whole = File.Create(_path);
        _hashes.Flush();
        foreach (var (i, filter) in _filters.Index())
        {
            filter.Flush();
            _parts[i].Position = 0;
            _parts[i].CopyTo(whole);
            Append(hash, _parts[^1]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.Dispose();
        }
    }

    static void Append(IncrementalHash hash, FileStream hashes)
    {
        hashes.Position = 0;
        Span<byte> buffer = stackalloc byte[8192];
        while (hashes.Read(buffer) is > 0 and var read)
        {
            hash.AppendData(buffer[..read]);
        }
    }
}
