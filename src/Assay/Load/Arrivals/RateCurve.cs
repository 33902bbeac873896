using System.Collections.Immutable;

namespace Assay.Load.Arrivals;

/// <summary>A rate that changes linearly from one end of a stretch of time to the other.</summary>
/// <param name="From">Requests per second at its beginning.</param>
/// <param name="To">At its end.</param>
/// <param name="Seconds">Its length; infinite for the last one, if the rate stays.</param>
readonly record struct RatePiece(double From, double To, double Seconds)
{
    /// <summary>Requests expected in it.</summary>
    public double Count => From == To ? (From == 0 ? 0 : From * Seconds) : (From + To) / 2 * Seconds;

    double Slope => From == To ? 0 : (To - From) / Seconds;

    /// <summary>Requests expected in its first seconds.</summary>
    public double CountBefore(double seconds) => (From * seconds) + (Slope * seconds * seconds / 2);

    /// <summary>When that many are expected: the root of CountBefore, in the form that does not cancel.</summary>
    public double TimeOf(double count) => count == 0 ? 0 : 2 * count / (From + Math.Sqrt(Math.Max(0, (From * From) + (2 * Slope * count))));
}

/// <summary>
/// Arrivals whose rate changes with time. The time at which n requests are expected, with n = 0, 1, 2, ... or the times of a Poisson process of
/// rate 1, gives arrivals of exactly that rate (Çinlar, Introduction to Stochastic Processes, 1975, 4.7); nothing is approximated by steps.
/// </summary>
static class RateCurve
{
    public static double CountBefore(ImmutableArray<RatePiece> pieces, double seconds)
    {
        var count = 0.0;
        foreach (var piece in pieces)
        {
            if (seconds <= piece.Seconds)
            {
                return count + piece.CountBefore(seconds);
            }

            count += piece.Count;
            seconds -= piece.Seconds;
        }

        return count;
    }

    /// <summary>Gives the times of ever greater counts, one after the other; infinite when the rate ends before.</summary>
    public static Func<double> Walk(ImmutableArray<RatePiece> pieces, Func<double> nextCount)
    {
        var (index, started, before) = (0, 0.0, 0.0);
        return () =>
        {
            for (var count = nextCount(); index < pieces.Length; index++)
            {
                var piece = pieces[index];
                if (count - before < piece.Count)
                {
                    return started + piece.TimeOf(count - before);
                }

                started += piece.Seconds;
                before += piece.Count;
            }

            return double.PositiveInfinity;
        };
    }

    /// <summary>0, 1, 2, ..., or the times of a Poisson process of rate 1.</summary>
    public static Func<double> Counts(bool areDrawn, ulong seed)
    {
        var random = new SeededRandom(seed);
        var count = 0.0;
        return areDrawn ? () => count += random.NextExponential() : () => count++;
    }
}
