using System.Text.Json;

namespace Assay.Models;

/// <summary>Outcomes as they stand in estimates, reports and records: wrong_format, never_sent.</summary>
static class OutcomeName
{
    public static string Of(Outcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
