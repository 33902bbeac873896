namespace Assay.Statistics;

/// <summary>The outcome of a test: one shape for all of them. An undefined test has NaN and a <see cref="Reason"/>, never an exception.</summary>
public sealed record TestResult
{
    /// <summary>The name of the test in docs/statistics.md: <c>paired-t</c>, <c>wilcoxon</c>, ...</summary>
    public required string Method { get; init; }

    /// <summary>How many observations it used; of two independent samples both together.</summary>
    public required long N { get; init; }

    /// <summary>The test statistic; which one is said by the test.</summary>
    public double Statistic { get; init; } = double.NaN;

    /// <summary>Of t and chi-squared statistics; NaN for others.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>Two-sided, in [0, 1]; NaN when undefined.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>How large the difference is, first minus second, in the unit of the scores unless the test says otherwise; NaN when undefined.</summary>
    public double Effect { get; init; } = double.NaN;

    /// <summary>Of the effect; null where none can be given.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Why the test is undefined; null when it is defined.</summary>
    public string? Reason { get; init; }

    internal static TestResult Undefined(string method, long n, string reason, double effect = double.NaN) =>
        new() { Method = method, N = n, Reason = reason, Effect = effect };

    /// <summary>Why a test of these differences would be undefined; null when it is defined.</summary>
    internal static string? ReasonAgainst(ReadOnlySpan<double> differences) =>
        differences.Length < 2 ? "a test needs at least two pairs"
        : !AllFinite(differences) ? "a value is not a finite number"
        : differences.IndexOfAnyExcept(differences[0]) < 0 ? "all pairs have the same difference, so their spread is unknown"
        : null;

    internal static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
