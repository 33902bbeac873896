using System.Globalization;
using Assay.Running;

namespace Assay.Web.Simulation.Faults;

/// <summary>A fault that some requests meet.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Rate">To which share of the requests, in [0, 1].</param>
/// <param name="After">After so many chunks (of <see cref="FaultKind.Short"/>: tokens); null for the default of the kind.</param>
/// <param name="Time">For so long; null for the default of the kind.</param>
public sealed record Fault(FaultKind Kind, double Rate, int? After = null, TimeSpan? Time = null)
{
    static readonly (FaultKind Kind, string Name)[] _names =
    [
        (FaultKind.RateLimit, "rate_limit"), (FaultKind.Error, "error"), (FaultKind.Stall, "stall"), (FaultKind.Cut, "cut"), (FaultKind.CutClean, "cut_clean"),
        (FaultKind.ErrorInStream, "error_in_stream"), (FaultKind.SlowFirst, "slow_first"), (FaultKind.WrongUsage, "wrong_usage"), (FaultKind.Html, "html"), (FaultKind.Short, "short"),
    ];

    /// <summary>As on the command line.</summary>
    public string Name => _names.First(pair => pair.Kind == Kind).Name;

    /// <summary>The names of all faults.</summary>
    public static IEnumerable<string> Names => _names.Select(pair => pair.Name);

    /// <summary>Chunks that still come.</summary>
    internal int Chunks => After ?? (Kind == FaultKind.SlowFirst ? 0 : 1);

    /// <summary>Reads <c>name:rate[@chunks|time][,...]</c>: <c>cut:0.1</c>, <c>error_in_stream:1@3</c>, <c>stall:0.05@3,2s</c>.</summary>
    /// <exception cref="UserErrorException">It is not of this form.</exception>
    public static Fault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (name, rest) = Cut(text, ':');
        var known = _names.FirstOrDefault(pair => pair.Name == name);
        if (known.Name is null)
        {
            throw new UserErrorException($"--fault {text}: there is no fault '{name}'. Expected {string.Join(", ", Names)}.{NearestName.Hint(name, Names)}");
        }

        var (rate, details) = Cut(rest, '@');
        if (!double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is not (>= 0 and <= 1))
        {
            throw new UserErrorException($"--fault {text}: the rate is '{rate}'; expected a share of the requests from 0 to 1, as in {name}:0.1.");
        }

        var fault = new Fault(known.Kind, share);
        return details.Split(',', StringSplitOptions.RemoveEmptyEntries).Aggregate(fault, (so, detail) => With(so, detail, text));
    }

    static Fault With(Fault fault, string detail, string text) =>
        int.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? fault with { After = after }
        : Durations.TryParse(detail, out var time) && time >= TimeSpan.Zero ? fault with { Time = time }
        : throw new UserErrorException($"--fault {text}: '{detail}' is neither a number of chunks nor a time; expected such as {fault.Name}:{fault.Rate.ToString(CultureInfo.InvariantCulture)}@3 or @3,2s.");

    static (string First, string Second) Cut(string text, char at) => text.IndexOf(at, StringComparison.Ordinal) is var i and >= 0 ? (text[..i], text[(i + 1)..]) : (text, "");
}
