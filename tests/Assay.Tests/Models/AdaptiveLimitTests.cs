using Assay.Models;

namespace Assay.Tests.Models;

public class AdaptiveLimitTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_grows_until_answers_take_thrice_as_long()
    {
        var limit = new AdaptiveLimit(1, 100);
        for (var round = 0; round < 50; round++)
        {
            var size = limit.Limit;
            var entries = new long[size];
            for (var i = 0; i < size; i++)
            {
                entries[i] = await limit.EnterAsync(TestContext.Current.CancellationToken);
            }

            // One after another behind a service that does four at a time.
            foreach (var entry in entries)
            {
                limit.Leave(entry, false, TimeSpan.FromMilliseconds(10 * Math.Max(1, size / 4.0)));
            }
        }

        Assert.Equal(13, limit.Limit);
    }

    [Fact]
    public async Task A_round_of_successes_adds_one_up_to_the_most()
    {
        var limit = new AdaptiveLimit(2, 4);
        var seen = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            limit.Leave(await limit.EnterAsync(Token), overloaded: false);
            seen.Add(limit.Limit);
        }

        Assert.Equal([2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4], seen);
    }

    [Fact]
    public async Task Overload_halves_once_for_all_that_were_sent_before_it()
    {
        var limit = new AdaptiveLimit(8, 100);
        var rounds = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            rounds.Add(await limit.EnterAsync(Token));
        }

        rounds.ForEach(round => limit.Leave(round, overloaded: true));
        Assert.Equal(4, limit.Limit);
    }

    [Fact]
    public async Task It_never_falls_below_one_and_who_waits_is_let_in()
    {
        var limit = new AdaptiveLimit(1, 1);
        var first = await limit.EnterAsync(Token);
        var second = limit.EnterAsync(Token).AsTask();
        Assert.False(second.IsCompleted);
        limit.Leave(first, overloaded: true);
        limit.Leave(await second, overloaded: null);
        Assert.Equal(1, limit.Limit);
    }

    [Fact]
    public async Task Who_gives_up_takes_no_place()
    {
        var limit = new AdaptiveLimit(1, 1);
        var first = await limit.EnterAsync(Token);
        using var stop = new CancellationTokenSource();
        var second = limit.EnterAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        limit.Leave(first, overloaded: null);
        Assert.Equal(0, await limit.EnterAsync(Token));
    }
}
