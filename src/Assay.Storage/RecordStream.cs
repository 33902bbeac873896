using System.Runtime.CompilerServices;
using Assay.Results;

namespace Assay.Storage;

/// <summary>Reads a run page by page; while one page is handed out the next are read and parsed.</summary>
static class RecordStream
{
    // As many threads parse; what is ahead is bounded.
    static readonly int _ahead = Math.Clamp(Environment.ProcessorCount, 1, 8);

    public static async IAsyncEnumerable<(Record? Record, string? Damage)> ReadAsync(
        Database database, long run, bool withTexts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = RecordNumbers.Last(run);
        await using var reader = await database.ReadAsync(cancellationToken).ConfigureAwait(false);
        var parsing = new Queue<Task<(Record?, string?)[]>>();
        var reading = PageAsync(RecordNumbers.Before(run));
        try
        {
            for (var isMore = true; isMore || parsing.Count > 0;)
            {
                if (isMore)
                {
                    var page = await reading.ConfigureAwait(false);
                    isMore = page.Count > 0;
                    if (isMore)
                    {
                        reading = PageAsync(page.Last);
                        parsing.Enqueue(Task.Run(() => Parse(page, withTexts), CancellationToken.None));
                    }
                    else
                    {
                        page.Dispose();
                    }
                }

                if (parsing.Count > 0 && (!isMore || parsing.Count > _ahead))
                {
                    foreach (var record in await parsing.Dequeue().ConfigureAwait(false))
                    {
                        yield return record;
                    }
                }
            }
        }
        finally
        {
            // Who stops in the midst closes the connection under nobody.
            await Task.WhenAll([reading, .. parsing]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<RecordPage> PageAsync(long after) => Task.Run(async () => await reader.ReadPageAsync(after, last, cancellationToken).ConfigureAwait(false), cancellationToken);
    }

    static (Record?, string?)[] Parse(RecordPage page, bool withTexts)
    {
        using (page)
        {
            return page.Parse(withTexts);
        }
    }
}
