using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Assay.Comparing;
using Assay.Reporting;
using Assay.Running;
using Assay.Web.Reporting;

namespace Assay.Cli;

/// <summary><c>assay compare A B [C...]</c>: runs against a baseline, paired by sample.</summary>
static class CompareCommand
{
    const int FlipsInText = 1000;

    static readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "the baseline, then what is held against it: an id or its beginning, a tag, last, last:NAME, passed, passed:NAME, or a file of records; with #MODEL for one of its models",
        Arity = new ArgumentArity(2, 100),
    };

    static readonly Option<double?> _margin = new("--margin") { Description = "differences within this do not matter: runs whose interval lies within it are equivalent" };
    static readonly Option<string[]> _metrics = new("--metric") { Description = "only this metric (may be given again)" };
    static readonly Option<string[]> _tasks = new("--task") { Description = "only this task (may be given again)" };
    static readonly Option<string[]> _lower = new("--lower-is-better") { Description = "a metric of which less is better, where its name does not tell" };
    static readonly Option<double> _alpha = new("--alpha") { Description = "level of tests; intervals are of 1 - alpha", DefaultValueFactory = _ => 0.05 };
    static readonly Option<string> _stage = new("--stage") { Description = "of which stage the records are", DefaultValueFactory = _ => "evaluate" };
    static readonly Option<string?> _failOn = new("--fail-on") { Description = "exit with 1 when a comparison is worse (worse), or is not better or equivalent (undecided)" };
    static readonly Option<string?> _markdown = new("--markdown") { Description = "write the comparison to this file as Markdown" };
    static readonly Option<string?> _html = new("--html") { Description = "write the comparison to this file as one HTML page" };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output, with every flip" };

    public static Command Create()
    {
        var command = new Command(
            "compare",
            "Compares runs sample by sample: differences with intervals, corrected tests, flips, time and cost.\n\nExample:\n  assay compare passed last --margin 0.02 --fail-on worse")
        {
            _runs, _margin, _metrics, _tasks, _lower, _alpha, _stage, _failOn.AcceptOnlyFromAmong("worse", "undecided"), _markdown, _html, _store, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var json = arguments.GetValue(_json);
        string[] problems = [.. Problems(arguments)];
        if (problems.Length > 0)
        {
            return ConsoleOutput.Problems(json, "compare", problems);
        }

        var store = StoreOption.Open(arguments.GetValue(_store));
        var runs = await ComparedRuns.ReadAsync(store, arguments.GetRequiredValue(_runs), arguments.GetRequiredValue(_stage), cancellationToken).ConfigureAwait(false);
        var comparisons = Comparison.Compare(runs[0], runs[1..], Options(arguments), cancellationToken);
        var parts = comparisons.Select(ReportContent.Of).ToArray();
        if (arguments.GetValue(_markdown) is { } file)
        {
            await File.WriteAllTextAsync(file, MarkdownReportWriter.Text(parts), cancellationToken).ConfigureAwait(false);
        }

        if (arguments.GetValue(_html) is { } page)
        {
            await using var output = File.Create(page);
            await new HtmlReportWriter().WriteAsync(Page(comparisons, arguments.GetValue(_failOn)), output, cancellationToken).ConfigureAwait(false);
        }

        if (json)
        {
            var document = ConsoleOutput.Document("compare");
            document["comparisons"] = JsonSerializer.SerializeToNode(comparisons, ReportJson.Options);
            document["estimates"] = JsonSerializer.SerializeToNode(comparisons.SelectMany(comparison => comparison.Estimates()), ReportJson.Options);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
        }
        else
        {
            Console.Out.Write(new TextReportWriter(ConsoleOutput.HasColour).Text(parts, "--markdown FILE"));
        }

        return comparisons.Any(comparison => Breaks(comparison.Verdict, arguments.GetValue(_failOn))) ? CommandLine.GateBroken : CommandLine.Done;
    }

    static Report Page(ImmutableArray<RunComparison> comparisons, string? failOn) => new()
    {
        Assay = AssayVersion.Text,
        Command = "compare",
        Run = string.Join(" ", comparisons.Select(comparison => comparison.B.Label).Prepend(comparisons[0].A.Label)),
        Name = "comparison",
        Verdict = comparisons.Any(comparison => Breaks(comparison.Verdict, failOn ?? "worse")) ? Verdict.Fail : Verdict.Pass,
        VerdictReason = string.Join(". ", comparisons.Select(comparison => $"{comparison.B.Label} against {comparison.A.Label}: {ComparisonText.Conclusion(comparison)}")),
        Seed = 0,
        Started = TimeProvider.System.GetUtcNow(),
        Seconds = 0,
        Environment = new RunServices { Time = TimeProvider.System }.Environment,
        Stages = [],
        Estimates = [.. comparisons.SelectMany(comparison => comparison.Estimates())],
        Comparisons = comparisons,
    };

    static bool Breaks(ComparisonVerdict verdict, string? failOn) =>
        (failOn is not null && verdict == ComparisonVerdict.Worse) || (failOn == "undecided" && verdict == ComparisonVerdict.Undecided);

    static IEnumerable<string> Problems(ParseResult arguments)
    {
        if (arguments.GetValue(_margin) is { } margin && !(margin > 0 && double.IsFinite(margin)))
        {
            yield return FormattableString.Invariant($"--margin is {margin}. Expected a number above 0, in the unit of the scores, such as 0.02.");
        }

        if (arguments.GetValue(_alpha) is not (> 0 and < 1) and var alpha)
        {
            yield return FormattableString.Invariant($"--alpha is {alpha}. Expected a number between 0 and 1, such as 0.05.");
        }
    }

    static ComparisonOptions Options(ParseResult arguments) => new()
    {
        Alpha = arguments.GetRequiredValue(_alpha),
        Margin = arguments.GetValue(_margin),
        Tasks = [.. arguments.GetValue(_tasks) ?? []],
        Metrics = [.. arguments.GetValue(_metrics) ?? []],
        LowerIsBetter = [.. arguments.GetValue(_lower) ?? []],
        Stage = arguments.GetRequiredValue(_stage),
        MostFlips = arguments.GetValue(_json) ? int.MaxValue : FlipsInText,
    };
}
