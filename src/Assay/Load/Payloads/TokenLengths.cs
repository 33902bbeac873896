using System.Globalization;

namespace Assay.Load.Payloads;

/// <summary>How long texts are, in tokens: whole numbers from 1. What falls below 1 is 1, so a wide distribution's mean is a little higher than asked.</summary>
public sealed record TokenLengths
{
    /// <summary>As it is read: <c>512</c>, <c>uniform:100-900</c>, <c>normal:512,64</c>, <c>lognormal:300,0.8</c>.</summary>
    public const string Forms = "512, uniform:LOW-HIGH, normal:MEAN,DEVIATION or lognormal:MEDIAN,SIGMA";

    const int Most = 10_000_000;

    readonly Func<SeededRandom, double> _draw;

    TokenLengths(string description, Func<SeededRandom, double> draw)
    {
        (Description, _draw) = (description, draw);
    }

    /// <summary>In the form it is read in.</summary>
    public string Description { get; }

    /// <summary>Always the same.</summary>
    public static TokenLengths Constant(int tokens) => new(Text($"{tokens}"), _ => tokens);

    /// <summary>Every length from low to high as likely.</summary>
    public static TokenLengths Uniform(int low, int high) => new(Text($"uniform:{low}-{high}"), random => low + random.Next(high - low + 1));

    /// <summary>Normal, rounded.</summary>
    public static TokenLengths Normal(double mean, double deviation) => new(Text($"normal:{mean},{deviation}"), random => mean + (deviation * random.NextNormal()));

    /// <summary>Log-normal, rounded: the logarithm has the standard deviation sigma. Prompts and answers of real users are much like it.</summary>
    public static TokenLengths LogNormal(double median, double sigma) => new(Text($"lognormal:{median},{sigma}"), random => median * Math.Exp(sigma * random.NextNormal()));

    /// <summary>Null when the text is none of <see cref="Forms"/>, or its numbers make no sense.</summary>
    public static TokenLengths? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, numbers) = colon < 0 ? ("", text) : (text[..colon], text[(colon + 1)..]);
        double[] read = [.. numbers.Split(kind == "uniform" ? '-' : ',').Select(Number)];
        return (kind, read) switch
        {
            ("", [>= 1 and <= Most and var tokens]) when Whole(tokens) => Constant((int)tokens),
            ("uniform", [>= 1 and var low, <= Most and var high]) when low <= high && Whole(low) && Whole(high) => Uniform((int)low, (int)high),
            ("normal", [>= 1 and <= Most and var mean, >= 0 and var deviation]) => Normal(mean, deviation),
            ("lognormal", [>= 1 and <= Most and var median, >= 0 and <= 10 and var sigma]) => LogNormal(median, sigma),
            _ => null,
        };
    }

    /// <summary>One length.</summary>
    public int Draw(SeededRandom random) => (int)Math.Clamp(Math.Round(_draw(random)), 1, Most);

    static double Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    static bool Whole(double number) => number == Math.Floor(number);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
