using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Web.Reporting.Charts;

/// <summary>A range of values with ticks at round numbers.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends, above <paramref name="Low"/>.</param>
/// <param name="IsLog">Equal ratios take equal room.</param>
/// <param name="Ticks">Ascending, within the range.</param>
public sealed record Axis(double Low, double High, bool IsLog, ImmutableArray<double> Ticks)
{
    /// <summary>The least range of about five round steps (1, 2 or 5 times a power of ten) around the values.</summary>
    public static Axis Around(IEnumerable<double> values)
    {
        var (low, high) = Range(values);
        if (high - low <= Math.Max(Math.Abs(high), 1e-9) * 1e-9)
        {
            (low, high) = low == 0 ? (0, 1) : (low - (Math.Abs(low) / 2), high + (Math.Abs(high) / 2));
        }

        var step = Step((high - low) / 5);
        var (first, last) = (Math.Floor((low / step) + 1e-9), Math.Ceiling((high / step) - 1e-9));
        return new(first * step, last * step, false, [.. Enumerable.Range(0, (int)(last - first) + 1).Select(index => Math.Round((first + index) * step, 12))]);
    }

    /// <summary>0 to 1.</summary>
    public static Axis Share { get; } = Around([0, 1]);

    /// <summary>From the positive values' least to their greatest, ticks at powers of ten, or at 1, 2 and 5 where those are few.</summary>
    public static Axis LogAround(IEnumerable<double> values)
    {
        var (low, high) = Range(values.Where(value => value > 0));
        if (high <= low * 1.01)
        {
            (low, high) = (low / 2, high * 2);
        }

        double[] mantissas = Math.Log10(high / low) > 2.5 ? [1] : [1, 2, 5];
        var ticks = from power in Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
                    from mantissa in mantissas
                    let tick = mantissa * Math.Pow(10, power)
                    where tick >= low * 0.999 && tick <= high * 1.001
                    select tick;
        return new(low, high, true, [.. ticks]);
    }

    /// <summary>Where a value lies between the ends, 0 to 1; outside of them, at the nearer end.</summary>
    public double PositionOf(double value)
    {
        var position = IsLog ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
        return Math.Clamp(position, 0, 1);
    }

    /// <summary>A tick's number with as many decimals as the ticks need.</summary>
    public string Label(double tick)
    {
        var step = Ticks.Length > 1 ? Ticks[1] - Ticks[0] : 1;
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9);
        return tick.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * ((least / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        });
    }

    static (double Low, double High) Range(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).ToList();
        return finite.Count == 0 ? (0.1, 1) : (finite.Min(), finite.Max());
    }
}
