using System.Net;
using Assay.Load;
using Assay.Models;

namespace Assay.Tests.Load;

public class ExchangeTableTests
{
    [Fact]
    public void What_was_appended_is_read_back_exactly()
    {
        var table = new ExchangeTable();
        var exchanges = Enumerable.Range(0, 10_000).Select(Any).ToArray();
        foreach (var exchange in exchanges)
        {
            table.Append(exchange);
        }

        Assert.Equal(exchanges, table);
        table.Sort();
        Assert.Equal(exchanges.OrderBy(exchange => exchange.Scheduled).ThenBy(exchange => exchange.Index), table);
    }

    [Fact]
    public void Threads_may_append_at_once()
    {
        var table = new ExchangeTable();
        Parallel.For(0, 20_000, i => table.Append(Any(i)));
        table.Sort();
        Assert.Equal(20_000, table.Select(exchange => exchange.Index).Distinct().Count());
        Assert.All(table, exchange => Assert.Equal(Any(exchange.Index), exchange));
    }

    [Fact]
    public void An_hour_at_a_thousand_per_second_fits()
    {
        const int Rows = 100_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = new ExchangeTable();
        for (var i = 0; i < Rows; i++)
        {
            var at = TimeSpan.FromMilliseconds(i);
            table.Append(new Exchange(at, at, at, at + TimeSpan.FromSeconds(1), Outcome.Ok, HttpStatusCode.OK, null)
            {
                Index = i,
                FirstEvent = at,
                FirstToken = at,
                LastToken = at,
                LongestGap = TimeSpan.FromMilliseconds(9),
                Events = 16,
                Tokens = 16,
                IsTokenCountReported = true,
                InputTokens = 100,
            });
        }

        // 64 bytes x 3.6 million are 230 MB.
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Rows, 40, 64);
        Assert.Equal(Rows, table.Count);
    }

    static Exchange Any(int i)
    {
        var random = new SeededRandom((ulong)i);
        var scheduled = TimeSpan.FromTicks(random.Next(1_000_000));
        var sent = i % 89 == 0 ? scheduled - TimeSpan.FromMilliseconds(3) : Later(random, scheduled);
        return new Exchange(scheduled, sent, Later(random, sent), Later(random, sent), (Outcome)random.Next(7), (HttpStatusCode)random.Next(600), i % 3 == 0 ? null : $"reason {i % 7}")
        {
            Index = i,
            Session = random.Next(3) - 1,
            Turn = random.Next(5),
            Connect = Maybe(random, TimeSpan.Zero),
            FirstEvent = Maybe(random, sent),
            FirstToken = Maybe(random, sent),
            LastToken = Maybe(random, sent),
            LongestGap = Maybe(random, TimeSpan.Zero) ?? TimeSpan.Zero,
            Events = random.Next(100_000),
            Tokens = random.Next(100_000),
            IsTokenCountReported = random.Next(2) == 0,
            InputTokens = random.Next(2) == 0 ? null : random.Next(200_000),
            CachedTokens = random.Next(2) == 0 ? null : random.Next(200_000),
        };
    }

    // One in 97 is centuries later.
    static TimeSpan Later(SeededRandom random, TimeSpan at) =>
        at + TimeSpan.FromTicks(random.Next(97) == 0 ? long.MaxValue / 100 / (1 + random.Next(1000)) : random.Next(1_000_000));

    static TimeSpan? Maybe(SeededRandom random, TimeSpan at) => random.Next(2) == 0 ? null : Later(random, at);
}
