using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Assay.Models;

/// <summary>How long a service asks to wait.</summary>
static partial class RetryAfter
{
    static readonly string[] _kinds = ["", "-requests", "-tokens"];

    /// <summary>
    /// <c>Retry-After</c> in seconds or as a date (RFC 9110, 10.2.3); without it the longest <c>x-ratelimit-reset</c> of those limits that have nothing
    /// left, as a duration (6m0s, 20ms), in seconds, or in seconds since 1970. Null when neither can be read; never negative.
    /// </summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => Resets(headers, now),
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    static TimeSpan? Resets(HttpResponseHeaders headers, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (var kind in _kinds)
        {
            if (First(headers, $"x-ratelimit-remaining{kind}") is null or "0" && First(headers, $"x-ratelimit-reset{kind}") is { } text && Parse(text, now) is { } wait)
            {
                longest = longest > wait ? longest : wait;
            }
        }

        return longest;
    }

    static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e11)
        {
            // No service asks to wait for thirty years: this large it is a time since 1970.
            return seconds < 1e9 ? TimeSpan.FromSeconds(seconds) : DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) - now;
        }

        var match = Duration().Match(text);
        return match.Success && text.Length > 0
            ? TimeSpan.FromSeconds((Number(match, "h") * 3600) + (Number(match, "m") * 60) + Number(match, "s") + (Number(match, "ms") / 1000))
            : null;
    }

    static double Number(Match match, string unit) =>
        match.Groups[unit].Success ? double.Parse(match.Groups[unit].Value, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;

    static string? First(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    [GeneratedRegex(@"^(?:(?<h>\d{1,6})h)?(?:(?<m>\d{1,6})m(?!s))?(?:(?<s>\d{1,6}(?:\.\d+)?)s)?(?:(?<ms>\d{1,9}(?:\.\d+)?)ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
