using System.Globalization;

namespace Assay.Running;

/// <summary>Times as written in a spec and on the command line: 250us, 50ms, 10s, 2m, 1h; a bare number is seconds.</summary>
public static class Durations
{
    static readonly (string Unit, double Seconds)[] _units = [("ms", 1e-3), ("us", 1e-6), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>False when it is not a finite time of at most 10,000 days.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is null)
        {
            return false;
        }

        var (unit, scale) = _units.FirstOrDefault(x => text.EndsWith(x.Unit, StringComparison.Ordinal), ("", 1));
        if (!double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(Math.Abs(number * scale) <= 864_000_000))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * scale);
        return true;
    }
}
