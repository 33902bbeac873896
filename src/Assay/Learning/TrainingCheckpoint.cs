using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Learning;

/// <summary>
/// Finished fits in a folder, one model file each, so that work that was killed goes on where it was. What is taken from it has the same
/// bits as what would be trained again. Thread-safe for different names.
/// </summary>
public sealed class TrainingCheckpoint : IDisposable
{
    const string SettingsFile = "settings.json";
    const string LockFile = "lock";
    const string Suffix = ".assay";

    readonly string _folder;
    readonly FileStream _lock;

    TrainingCheckpoint(string folder, FileStream held)
    {
        _folder = folder;
        _lock = held;
    }

    /// <summary>Fits that were there when it was opened.</summary>
    public int Found { get; private init; }

    /// <summary>Opens the folder, or makes it.</summary>
    /// <param name="folder">Of this work alone.</param>
    /// <param name="settings">All that the fits depend on: file, target, model, folds, seed.</param>
    /// <param name="resume">False: what is there is thrown away. True: it is used, when it was made under the same settings.</param>
    /// <exception cref="UserErrorException">It was made under other settings, which are named; or the folder cannot be used, or another process uses it.</exception>
    public static TrainingCheckpoint Open(string folder, ImmutableSortedDictionary<string, string> settings, bool resume)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            Directory.CreateDirectory(folder);
            var held = new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var path = Path.Combine(folder, SettingsFile);
            var goesOn = resume && File.Exists(path);
            if (goesOn)
            {
                CheckSame(folder, settings, JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(File.ReadAllText(path)) ?? settings);
            }
            else
            {
                Start(folder, path, settings);
            }

            return new TrainingCheckpoint(folder, held) { Found = goesOn ? Directory.GetFiles(folder, "*" + Suffix).Length : 0 };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"{folder}: the checkpoint cannot be used ({e.Message}) A folder that may be written is expected. Delete it, or begin without --resume.", e);
        }
    }

    /// <summary>Throws away what was kept: the work is done.</summary>
    public void Delete()
    {
        _lock.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Lets another work have the folder.</summary>
    public void Dispose() => _lock.Dispose();

    // What was kept under this name, or else what is trained now, which is then kept; a network keeps its epochs too.
    internal static TrainingResult Fit(TrainingCheckpoint? checkpoint, string name, Func<string?, TrainingResult> fit)
    {
        if (checkpoint is null)
        {
            return fit(null);
        }

        var path = checkpoint.PathOf(name);
        if (File.Exists(path))
        {
            var known = TrainedModel.Load(path);
            return new TrainingResult(known, known.History);
        }

        var epochs = path + ".epochs";
        var made = fit(epochs);
        made.Model.Save(path);
        File.Delete(epochs);
        return made;
    }

    string PathOf(string name) => Path.Combine(_folder, name + Suffix);

    // The settings come last and at once: a folder with settings holds only fits that were made under them.
    static void Start(string folder, string path, ImmutableSortedDictionary<string, string> settings)
    {
        File.Delete(path);
        foreach (var old in Directory.GetFiles(folder, "*" + Suffix + "*"))
        {
            File.Delete(old);
        }

        File.WriteAllText(path + ".partial", JsonSerializer.Serialize(settings));
        File.Move(path + ".partial", path, overwrite: true);
    }

    static void CheckSame(string folder, ImmutableSortedDictionary<string, string> now, ImmutableSortedDictionary<string, string> then)
    {
        var differing = now.Keys.Union(then.Keys).FirstOrDefault(key => now.GetValueOrDefault(key) != then.GetValueOrDefault(key));
        if (differing is not null)
        {
            throw new UserErrorException(
                $"{folder}: the checkpoint was made with {differing} = {then.GetValueOrDefault(differing) ?? "(none)"}, now it is {now.GetValueOrDefault(differing) ?? "(none)"}. "
                + "A run that goes on needs the same settings. Give them as they were, or begin anew without --resume.");
        }
    }
}
