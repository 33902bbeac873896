using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>The events of a study as JSON lines, each handed to the system before the study goes on (docs/study-journal.md).</summary>
sealed class StudyJournal : IDisposable
{
    readonly FileStream _file;
    readonly Dictionary<int, KeptTrial> _kept;
    readonly Lock _writing = new();

    StudyJournal(FileStream file, Dictionary<int, KeptTrial> kept)
    {
        _file = file;
        _kept = kept;
    }

    /// <summary>Opens the journal, or begins one. What a killed process left half written at its end is cut off.</summary>
    public static StudyJournal Open(string path, StudyOptions options)
    {
        var file = OpenAlone(path);
        try
        {
            var header = StudyHeader.Of(options);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var lines = JournalLines.Whole(bytes, out var length);
            if (length > 0 || !Line(header).AsSpan().StartsWith(bytes))
            {
                StudyHeader.Check(path, lines.Count == 0 ? null : lines[0], header);
            }

            var journal = new StudyJournal(file, JournalLines.Trials(path, lines));
            file.SetLength(length);
            if (length == 0)
            {
                journal.Write(header);
            }

            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The trial, if it has ended; its parameters must be those that the study has come to.</summary>
    public KeptTrial? Take(int number, ImmutableSortedDictionary<string, ParameterValue> setting)
    {
        if (!_kept.TryGetValue(number, out var kept))
        {
            return null;
        }

        return Setting.Key(kept.Parameters) != Setting.Key(setting)
            ? throw new UserErrorException($"Trial {number} of the journal {_file.Name} has other parameters than this study comes to. It was written by another version of Assay, or edited. Give another journal path, or remove the file.")
            : kept.State is null ? null : kept;
    }

    public void Started(TrialContext trial) => Write(new JsonObject
    {
        ["event"] = "started",
        ["trial"] = trial.Number,
        ["parameters"] = StudyHeader.ToJson(trial.Parameters),
    });

    public void Reported(int trial, Report report)
    {
        var line = new JsonObject { ["event"] = "reported", ["trial"] = trial, ["step"] = report.Step, ["value"] = Finite(report.Value) };
        if (report.Score is { } score)
        {
            line["score"] = Finite(score);
        }

        Write(line);
    }

    public void Ended(Trial trial)
    {
        var line = new JsonObject { ["event"] = "ended", ["trial"] = trial.Number, ["state"] = JournalLines.NameOf(trial.State), ["value"] = Finite(trial.Value) };
        if (trial.Reason is { } reason)
        {
            line["reason"] = reason;
        }

        Write(line);
    }

    public void Dispose() => _file.Dispose();

    // Alone: two processes on one journal would each run every trial. The system takes the lock back when the process ends, however it ends.
    static FileStream OpenAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The journal {path} cannot be opened: {e.Message} A study has it to itself. Wait for the other one to end, or give another journal path.", e);
        }
    }

    static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    void Write(JsonObject line)
    {
        lock (_writing)
        {
            _file.Write(Line(line));
            _file.Flush();
        }
    }

    static byte[] Line(JsonObject line) => Encoding.UTF8.GetBytes(line.ToJsonString() + "\n");
}
