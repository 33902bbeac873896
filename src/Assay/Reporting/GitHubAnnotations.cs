namespace Assay.Reporting;

/// <summary>What GitHub Actions shows beside a commit: workflow commands, one a line.</summary>
public static class GitHubAnnotations
{
    // GitHub shows ten errors and ten warnings of a step.
    const int Most = 10;

    /// <summary>An error for each gate that does not hold and each stage that was not done, a warning for each finding of that kind, and a notice with the verdict.</summary>
    public static IEnumerable<string> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var broken = report.Gates.Where(gate => !gate.Holds).Select(gate => Line("error", "Gate does not hold", $"{gate.Condition}: {GateText.Of(gate)}"));
        var undone = report.Stages.Where(stage => stage.State != "done").Select(stage => Line("error", $"Stage {stage.Name} was {stage.State}", stage.Summary));
        var warnings = report.Findings.Where(finding => finding.Kind is "warning" or "weakness").Select(finding => Line("warning", finding.Kind, finding.Text));
        return [.. broken.Concat(undone).Take(Most), .. warnings.Take(Most), Line("notice", $"{report.Name}: {VerdictText.Word(report.Verdict)}", report.VerdictReason)];
    }

    // Source: actions/toolkit, packages/core/src/command.ts.
    static string Line(string kind, string title, string message) =>
        $"::{kind} title={Data(title).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}::{Data(message)}";

    static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
