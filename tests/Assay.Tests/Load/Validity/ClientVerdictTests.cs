using Assay.Load;
using Assay.Load.Validity;

namespace Assay.Tests.Load.Validity;

public class ClientVerdictTests
{
    static readonly ClientMeasurements _good = new()
    {
        Elapsed = TimeSpan.FromSeconds(10),
        BusiestThread = 0.4,
        Cpu = TimeSpan.FromSeconds(6),
        Cores = 2,
        SendLag = Lag(0.05, 0.4),
        ReadLag = Lag(0.1, 0.8),
    };

    [Fact]
    public void A_client_at_ease_is_valid_and_says_how_late_it_may_be()
    {
        var health = ClientVerdict.Judge(_good);
        Assert.True(health.IsValid);
        Assert.Equal(0.8, health.ErrorBounds["gap"].TotalMilliseconds, 0.8 * DurationHistogram.RelativeError);
        Assert.Equal(1.2, health.ErrorBounds["ttft"].TotalMilliseconds, 1.2 * DurationHistogram.RelativeError);
        Assert.Equal(health.ErrorBounds["gap"], health.ErrorBounds["service_time"]);
    }

    public static TheoryData<ClientMeasurements, string> Bad => new()
    {
        { _good with { BusiestThread = 0.97 }, "a thread of the client was at work 97 % of the time: times may be late by 0.8 ms or more" },
        { _good with { Cpu = TimeSpan.FromSeconds(19) }, "the client used 95 % of its 2 cores: times may be late by 0.8 ms or more" },
        { _good with { Cpu = TimeSpan.FromSeconds(9.7), Cores = 1, ReadLag = new DurationHistogram() }, "the client used 97 % of its core" },
        { _good with { ReadLag = Lag(3, 4) }, "answers were read late by the client: half of them by more than 3 ms, expected at most 1 ms" },
        { _good with { SendLag = Lag(0.1, 31) }, "requests were sent late by the client: one in a hundred by more than 31 ms, expected at most 20 ms" },
        { _good with { GarbagePause = TimeSpan.FromSeconds(0.6), Collections = 7 }, "the client stood still for its garbage collector 6 % of the time, 7 times" },
        { _good with { NoSocket = 3 }, "the client had no socket left for 3 requests: raise the limit of open files (ulimit -n) or of ports" },
        { _good with { LostRecords = 9 }, "the event log lacks 9 requests, since its disk was too slow: what is recomputed from it is not right" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_client_that_was_the_limit_says_why(ClientMeasurements measured, string problem)
    {
        var health = ClientVerdict.Judge(measured);
        Assert.False(health.IsValid);
        Assert.Equal([problem], health.Problems);
    }

    [Fact]
    public void A_run_below_a_second_is_not_judged_by_shares_of_its_time() =>
        Assert.True(ClientVerdict.Judge(_good with { Elapsed = TimeSpan.FromSeconds(0.5), BusiestThread = 1, GarbagePause = TimeSpan.FromSeconds(0.1) }).IsValid);

    [Fact]
    public void Without_a_probe_there_is_no_bound() => Assert.Empty(ClientVerdict.Judge(_good with { ReadLag = new DurationHistogram() }).ErrorBounds);

    // 97 of 100 at the one, three at the other.
    static DurationHistogram Lag(double milliseconds, double tail)
    {
        var lag = new DurationHistogram();
        for (var i = 0; i < 100; i++)
        {
            lag.Add(TimeSpan.FromMilliseconds(i < 97 ? milliseconds : tail));
        }

        return lag;
    }
}
