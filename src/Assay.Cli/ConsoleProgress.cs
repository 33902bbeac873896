using System.Globalization;
using Assay.Running;

namespace Assay.Cli;

/// <summary>On a terminal one line that is written over; elsewhere a line per stage and per further quarter of it. Thread-safe.</summary>
sealed class ConsoleProgress(TextWriter output, bool isTerminal, TimeProvider time) : IProgress<RunProgress>, IDisposable
{
    const int Width = 99;

    readonly Lock _gate = new();
    string _stage = "";
    int _quarter;
    int _written;
    string _timed = "";
    long _since;
    double _sinceShare;

    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            if (isTerminal)
            {
                Overwrite(Line(value));
            }
            else if (IsNews(value))
            {
                output.WriteLine(Line(value));
            }
        }
    }

    /// <summary>Takes the line off the terminal.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (isTerminal)
            {
                Overwrite("");
            }
        }
    }

    // As fast as since the stage's first share: what a resumed run had before costs no time.
    string TimeLeft(RunProgress value)
    {
        if (value.Share is not { } share || value.Stage != _timed)
        {
            (_timed, _since, _sinceShare) = (value.Stage, time.GetTimestamp(), value.Share ?? 0);
            return "";
        }

        var elapsed = time.GetElapsedTime(_since).TotalSeconds;
        return share <= _sinceShare || share >= 1 || elapsed < 1 ? ""
            : string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(elapsed * (1 - share) / (share - _sinceShare))} s left");
    }

    bool IsNews(RunProgress value)
    {
        var quarter = (int)((value.Share ?? 0) * 4);
        var isNews = value.Stage != _stage || quarter > _quarter;
        (_stage, _quarter) = (value.Stage, value.Stage == _stage ? Math.Max(quarter, _quarter) : quarter);
        return isNews;
    }

    void Overwrite(string line)
    {
        output.Write($"\r{line.PadRight(_written)}\r{line}");
        _written = line.Length;
    }

    string Line(RunProgress value)
    {
        var share = value.Share is { } done ? string.Create(CultureInfo.InvariantCulture, $" {done * 100,3:F0} %") : "";
        var line = $"{value.Stage}{share} {value.Text}{TimeLeft(value)}".TrimEnd();
        return line.Length > Width ? line[..Width] : line;
    }
}
