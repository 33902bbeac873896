namespace Assay.Load.Recording;

/// <summary>Makes one event log of those of several processes. Blocks stand alone, so that they need not be read for it.</summary>
static class LogJoin
{
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<string> parts, LoadResult whole)
    {
        using var log = new EventLogWriter(path);
        log.Begin(Facts(parts[0]) with { Started = whole.Started, Planned = whole.Planned });
        foreach (var part in parts)
        {
            using var file = new FileStream(part, FileMode.Open, FileAccess.Read);
            file.Position = LogBlock.Magic.Length;
            while (LogBlock.Read(file) is var (kind, content))
            {
                if (kind == LogBlock.Exchanges)
                {
                    log.Copy(content);
                }
            }
        }

        log.Close();
        log.End(new LoadEnd(whole.Planned, whole.Elapsed, whole.Window, whole.Cancelled, whole.Health?.Measured));
    }

    // All parts have the same but for their numbers of requests.
    static LoadFacts Facts(string part)
    {
        using var file = new FileStream(part, FileMode.Open, FileAccess.Read);
        file.Position = LogBlock.Magic.Length;
        return LoadFacts.Read(LogBlock.Read(file)!.Value.Content);
    }
}
