using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assay.Learning;
using Assay.Running;

namespace Assay.Cli;

/// <summary>What a run has finished so far, in a folder beside its reports, so that the same command with --resume goes on from there.</summary>
sealed class RunWork : IDisposable
{
    readonly string _folder;

    RunWork(string folder, TrainingCheckpoint? checkpoint)
    {
        (_folder, Checkpoint) = (folder, checkpoint);
    }

    /// <summary>Finished fits; null for a run that trains nothing.</summary>
    public TrainingCheckpoint? Checkpoint { get; }

    /// <summary>Of the spec's study; null for a run that trains nothing.</summary>
    public string? StudyJournal => Checkpoint is null ? null : Path.Combine(_folder, "study.jsonl");

    public static RunWork Open(Spec spec, RunOptions options)
    {
        var folder = Path.Combine(options.Output, $"unfinished-{string.Concat(spec.Name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-'))}");
        if (spec.Data is not { } data || spec.Model is null)
        {
            return new RunWork(folder, null);
        }

        if (options.Resume && !Directory.Exists(folder))
        {
            Console.Error.WriteLine($"Nothing was kept in {folder}: beginning anew.");
        }

        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["assay"] = AssayVersion.Text,
            ["seed"] = spec.Seed.ToString(CultureInfo.InvariantCulture),
            ["the spec's sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(spec.Source))),
            ["the data's sha256"] = HashOf(data.FullPath),
        };
        var work = new RunWork(folder, TrainingCheckpoint.Open(folder, settings.ToImmutableSortedDictionary(), options.Resume));
        if (!options.Resume)
        {
            File.Delete(work.StudyJournal!);
        }
        else if (work.Checkpoint!.Found > 0)
        {
            Console.Error.WriteLine($"Going on with {work.Checkpoint.Found} finished fits of {folder}.");
        }

        return work;
    }

    /// <summary>Throws away what was kept, or says how to go on with it.</summary>
    public void End(bool incomplete)
    {
        if (Checkpoint is null)
        {
            return;
        }

        if (incomplete)
        {
            Console.Error.WriteLine($"Finished fits are kept in {_folder}. To go on, give the same command with --resume.");
        }
        else
        {
            Checkpoint.Delete();
        }
    }

    public void Dispose() => Checkpoint?.Dispose();

    static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
