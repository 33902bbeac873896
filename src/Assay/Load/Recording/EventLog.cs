using System.Runtime.InteropServices;
using Assay.Load.Client;

namespace Assay.Load.Recording;

/// <summary>Reads an event log: all that a run told, told again.</summary>
public static class EventLog
{
    /// <summary>Told of each exchange with the events of its stream, which are good during the call only.</summary>
    /// <param name="exchange">As in the result.</param>
    /// <param name="events">In the order in which they came.</param>
    public delegate void Visit(in Exchange exchange, ReadOnlySpan<StreamEvent> events);

    /// <summary>
    /// The result as the run itself gave it. Of a log that broke off (the process was killed) it has what is there, is cancelled and lasts to the last
    /// answer, and its client is not judged. What a server used is not in it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="visit">Null when only the result is of interest. The order is that of the ends, nearly.</param>
    /// <exception cref="UserErrorException">There is no such file, or it is no event log, or one of another version.</exception>
    public static LoadResult Read(string path, Visit? visit = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Read(file, path, visit);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The event log '{path}' cannot be read: {exception.Message} Give the file that --log wrote.", exception);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new UserErrorException($"The event log '{path}' is damaged: {exception.Message}, though its checksum is right. Give a log that assay wrote.", exception);
        }
    }

    static LoadResult Read(FileStream file, string path, Visit? visit)
    {
        var magic = new byte[LogBlock.Magic.Length];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.AsSpan(0, magic.Length - 1).SequenceEqual(LogBlock.Magic[..^1]))
        {
            throw new UserErrorException($"'{path}' is no event log of a load run. Give the file that --log wrote.");
        }

        if (magic[^1] != LogBlock.Magic[^1])
        {
            throw new UserErrorException($"The event log '{path}' has version {magic[^1]}; this assay reads version {LogBlock.Magic[^1]}. Read it by the assay that wrote it.");
        }

        if (LogBlock.Read(file) is not (LogBlock.Facts, var first))
        {
            throw new UserErrorException($"The event log '{path}' breaks off before its first request. Make the run again.");
        }

        var facts = LoadFacts.Read(first);
        var (exchanges, gaps, end) = (new ExchangeTable(), new DurationHistogram(), (LoadEnd?)null);
        while (end is null && LogBlock.Read(file) is var (kind, content))
        {
            if (kind == LogBlock.End)
            {
                end = EndCodec.Read(new LogCursor(content));
            }
            else if (kind == LogBlock.Exchanges)
            {
                Read(content, facts, exchanges, gaps, visit);
            }
        }

        exchanges.Sort();
        return facts.Result(end ?? Broken(facts, exchanges), exchanges, gaps);
    }

    static void Read(byte[] content, LoadFacts facts, ExchangeTable exchanges, DurationHistogram gaps, Visit? visit)
    {
        var block = new LogCursor(content);
        var codec = new ExchangeCodec();
        var events = new List<StreamEvent>();
        while (!block.IsAtEnd)
        {
            var exchange = codec.Read(ref block, events);
            var all = CollectionsMarshal.AsSpan(events);
            exchanges.Append(exchange);
            if (facts.IsMeasured(exchange))
            {
                EventTimes.AddGaps(all, gaps);
            }

            visit?.Invoke(exchange, all);
        }
    }

    static LoadEnd Broken(LoadFacts facts, ExchangeTable exchanges)
    {
        var last = exchanges.Select(exchange => exchange.End).DefaultIfEmpty(TimeSpan.Zero).Max();
        return new LoadEnd(Math.Max(facts.Planned ?? 0, exchanges.Count), last, last, Cancelled: true, null);
    }
}
