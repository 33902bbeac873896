using System.Globalization;
using Assay.Running;

namespace Assay.Web.Simulation.Batching;

/// <summary>A time to wait, the same each time or drawn.</summary>
public sealed record Delay
{
    const string Forms = "20ms, uniform:10ms:30ms, exp:20ms (mean), normal:20ms:5ms (mean, standard deviation) or lognormal:20ms:0.5 (median, sigma)";

    readonly Func<SeededRandom, double>? _draw;
    readonly double _seconds;

    Delay(string text, double seconds, Func<SeededRandom, double>? draw = null)
    {
        Text = text;
        _seconds = seconds;
        _draw = draw;
    }

    /// <summary>No wait.</summary>
    public static Delay None { get; } = new("0", 0);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>There is never a wait.</summary>
    public bool IsNone => _draw is null && _seconds == 0;

    /// <summary>Reads <c>20ms</c>, <c>uniform:10ms:30ms</c>, <c>exp:20ms</c>, <c>normal:20ms:5ms</c>, <c>lognormal:20ms:0.5</c>.</summary>
    /// <exception cref="UserErrorException">It is none of these.</exception>
    public static Delay Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var times = parts.Select(part => Durations.TryParse(part, out var time) && time >= TimeSpan.Zero ? time.TotalSeconds : double.NaN).ToArray();
        return (parts[0], parts.Length) switch
        {
            (_, 1) when times[0] >= 0 => new Delay(text, times[0]),
            ("uniform", 3) when times[1] <= times[2] => new Delay(text, 0, random => times[1] + ((times[2] - times[1]) * random.NextDouble())),
            ("exp", 2) when times[1] >= 0 => new Delay(text, 0, random => times[1] * random.NextExponential()),
            ("normal", 3) when times[1] >= 0 && times[2] >= 0 => new Delay(text, 0, random => times[1] + (times[2] * random.NextNormal())),
            ("lognormal", 3) when times[1] >= 0 && double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var sigma) && sigma >= 0 =>
                new Delay(text, 0, random => times[1] * Math.Exp(sigma * random.NextNormal())),
            _ => throw new UserErrorException($"'{text}' is no delay; expected {Forms}."),
        };
    }

    /// <summary>Nanoseconds, 0 or more: a draw below 0 is 0.</summary>
    /// <param name="random">Null draws nothing: right for a constant only.</param>
    internal long Nanoseconds(SeededRandom? random) => (long)Math.Round(1e9 * Math.Max(0, _draw is { } draw && random is not null ? draw(random) : _seconds));

    internal bool IsDrawn => _draw is not null;
}
