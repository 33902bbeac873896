using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Load;

/// <summary>Reads arrivals from their <see cref="ArrivalOptions.Description"/>, so that what is recomputed from a log knows what was asked for.</summary>
static partial class ArrivalText
{
    /// <summary>Null for a trace, whose times a description does not hold, and for any other text.</summary>
    public static ArrivalOptions? Read(string description)
    {
        var match = Form().Match(description);
        var isDrawn = !description.EndsWith(", even", StringComparison.Ordinal);
        ArrivalOptions? read = !match.Success ? null : match.Groups["kind"].Value switch
        {
            "closed" => new ClosedLoop((int)Number(match, "workers")),
            "constant" => new ConstantArrivals(Number(match, "rate")),
            "poisson" => new PoissonArrivals(Number(match, "rate")),
            "gamma" => new GammaArrivals(Number(match, "rate"), Number(match, "shape")),
            "ramp" => new RampArrivals(Number(match, "from"), Number(match, "to"), TimeSpan.FromSeconds(Number(match, "over"))) { IsDrawn = isDrawn },
            _ => new StepArrivals(Steps(match)) { IsDrawn = isDrawn },
        };
        return read?.Description == description ? read : null;
    }

    static double Number(Match match, string name) => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    static ImmutableArray<RateStep> Steps(Match match) =>
    [
        .. match.Groups["step"].Captures.Zip(match.Groups["for"].Captures, (rate, seconds) => new RateStep(
            double.Parse(rate.Value, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds.Value, CultureInfo.InvariantCulture)))),
    ];

    [GeneratedRegex(
        @"^((?<kind>closed) (?<workers>\d{1,9})|(?<kind>constant|poisson) (?<rate>[0-9.]+(?:E[+-]?[0-9]+)?)/s|(?<kind>gamma):(?<shape>[0-9.]+(?:E[+-]?[0-9]+)?) (?<rate>[0-9.]+(?:E[+-]?[0-9]+)?)/s|(?<kind>ramp) (?<from>[0-9.]+(?:E[+-]?[0-9]+)?) to (?<to>[0-9.]+(?:E[+-]?[0-9]+)?)/s in (?<over>[0-9.]+(?:E[+-]?[0-9]+)?) s(, even)?|(?<kind>steps) ((?<step>[0-9.]+(?:E[+-]?[0-9]+)?)/s for (?<for>[0-9.]+(?:E[+-]?[0-9]+)?) s(, )?)+(even)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
