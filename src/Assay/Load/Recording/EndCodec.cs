using Assay.Load.Client;
using Assay.Load.Validity;

namespace Assay.Load.Recording;

/// <summary>The last block of a log.</summary>
static class EndCodec
{
    const int SharePrecision = 1_000_000_000;

    public static void Write(PieceBuffer block, LoadEnd end)
    {
        block.Number(end.Planned);
        block.Time(end.Elapsed);
        block.Time(end.Window);
        block.Number(end.Cancelled ? 1UL : 0);
        if (end.Client is not { } client)
        {
            block.Number(0UL);
            return;
        }

        block.Number(1UL);
        block.Time(client.Elapsed);
        block.Number((long)Math.Round(client.BusiestThread * SharePrecision));
        block.Time(client.Cpu);
        block.Number(client.Cores);
        Write(block, client.SendLag);
        Write(block, client.ReadLag);
        block.Time(client.GarbagePause);
        block.Number(client.Collections);
        block.Number(client.ThreadPoolQueue);
        block.Number(client.Connections);
        block.Number(client.NoSocket);
        block.Number(client.LostRecords);
    }

    public static LoadEnd Read(LogCursor block)
    {
        var (planned, elapsed, window, cancelled) = (block.Int(), block.Time(), block.Time(), block.Unsigned() == 1);
        return new LoadEnd(planned, elapsed, window, cancelled, block.Unsigned() == 0 ? null : new ClientMeasurements
        {
            Elapsed = block.Time(),
            BusiestThread = (double)block.Signed() / SharePrecision,
            Cpu = block.Time(),
            Cores = block.Int(),
            SendLag = ReadHistogram(ref block),
            ReadLag = ReadHistogram(ref block),
            GarbagePause = block.Time(),
            Collections = block.Int(),
            ThreadPoolQueue = block.Signed(),
            Connections = block.Int(),
            NoSocket = block.Int(),
            LostRecords = block.Signed(),
        });
    }

    static void Write(PieceBuffer block, DurationHistogram histogram)
    {
        var steps = histogram.Steps().ToArray();
        block.Number((ulong)steps.Length);
        foreach (var step in steps)
        {
            block.Time(step.Low);
            block.Number((ulong)step.Count);
        }

        block.Time(histogram.Total);
        block.Time(histogram.Min);
        block.Time(histogram.Max);
    }

    static DurationHistogram ReadHistogram(ref LogCursor block)
    {
        var steps = new List<(TimeSpan, long)>();
        for (var left = block.Unsigned(); left > 0; left--)
        {
            steps.Add((block.Time(), (long)block.Unsigned()));
        }

        return DurationHistogram.Restore(steps, block.Time(), block.Time(), block.Time());
    }
}
