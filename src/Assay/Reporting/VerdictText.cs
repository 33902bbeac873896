using System.Globalization;

namespace Assay.Reporting;

/// <summary>The first words of every report.</summary>
public static class VerdictText
{
    /// <summary>PASS, FAIL or INCOMPLETE.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "PASS",
        Verdict.Fail => "FAIL",
        Verdict.Incomplete or _ => "INCOMPLETE",
    };

    /// <summary>Which run it was: id, seed, begin, duration, version.</summary>
    public static string Origin(Report report) => string.Create(
        CultureInfo.InvariantCulture,
        $"run {report.Run}, seed {report.Seed}, {report.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {NumberText.Seconds(report.Seconds)}, assay {report.Assay}");
}
