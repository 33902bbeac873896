using Assay.Models;

namespace Assay.Running;

/// <summary>What the answer to a sample took, as its records tell it. All are null where no service was asked.</summary>
sealed record SampleUse
{
    public double? Seconds { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public double? Cost { get; init; }

    public Spending? Spent { get; init; }

    public double? RunSeconds { get; init; }

    /// <summary>Of answers that were asked for side by side: the longest time, and the sums of all else, where every one of them is known.</summary>
    public static SampleUse? Of(IEnumerable<(TimeSpan Latency, int? Input, int? Output, Spending? Spent)> calls, TokenPrices? prices)
    {
        var (longest, input, output, spent) = (TimeSpan.Zero, (int?)0, (int?)0, (Spending?)null);
        foreach (var call in calls)
        {
            longest = longest > call.Latency ? longest : call.Latency;
            (input, output, spent) = (input + call.Input, output + call.Output, spent + call.Spent);
        }

        return longest == TimeSpan.Zero && input is null && output is null && spent is null ? null : new SampleUse
        {
            Seconds = longest == TimeSpan.Zero ? null : longest.TotalSeconds,
            InputTokens = input,
            OutputTokens = output,
            Cost = input is { } read && output is { } written ? prices?.Of(read, written) : null,
            Spent = spent,
        };
    }
}
