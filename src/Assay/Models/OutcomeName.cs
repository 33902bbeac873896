using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Models;

/// <summary>Outcomes as they stand in estimates, reports and records: wrong_format, never_sent.</summary>
static class OutcomeName
{
    static readonly ImmutableArray<string> _names = [.. Enum.GetNames<Outcome>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    public static string Of(Outcome outcome) => _names[(int)outcome];

    /// <summary>Null where it is the name of none.</summary>
    public static Outcome? Find(string? name) => _names.IndexOf(name!) is >= 0 and var index ? (Outcome)index : null;
}
