using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Cli;

/// <summary><c>assay power</c>: how many questions a comparison needs, or what a number of questions can find.</summary>
static class PowerCommand
{
    static readonly double[] _around = [0.25, 0.5, 1, 1.5, 2, 4];

    public static Command Create()
    {
        var command = new Command(
            "power",
            "Plans a paired comparison of two models: the questions needed to find an effect, or with --n the smallest effect that is found.\n\n"
            + "Example:\n  assay power --effect 0.03 --variance 0.111 --noise 0.167 --samples-per-question 10");
        PowerOptions.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult arguments)
    {
        var options = PowerOptions.Of(arguments);
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
        {
            return ConsoleOutput.Problems(options.Json, "power", problems);
        }

        var estimate = options.Questions is { } n ? DetectableEffect(options.Design, n) : QuestionsNeeded(options.Design, options.Effect!.Value);
        var rows = Table(options);
        if (options.Json)
        {
            Console.Out.WriteLine(Document(options, estimate, rows).ToJsonString(ReportJson.Options));
            return CommandLine.Done;
        }

        Print(options, estimate, rows);
        return CommandLine.Done;
    }

    static Estimate QuestionsNeeded(PowerDesign design, double effect)
    {
        var needed = PowerAnalysis.Questions(design, effect);
        return Planned("questions_needed", design) with
        {
            Value = double.IsFinite(needed) ? Math.Ceiling(needed - 1e-9) : null,
            Reason = double.IsFinite(needed) ? "planned, not measured" : "no number of questions suffices with so few clusters that are so alike",
        };
    }

    static Estimate DetectableEffect(PowerDesign design, long questions)
    {
        var effect = PowerAnalysis.MinimumDetectableEffect(design, questions);
        return Planned("minimum_detectable_effect", design) with
        {
            Value = double.IsFinite(effect) ? effect : null,
            Reason = double.IsFinite(effect) ? "planned, not measured" : "even the largest effect that the discordant share allows is not found",
        };
    }

    static Estimate Planned(string metric, PowerDesign design) => new() { Metric = metric, Definition = design.Formula, N = 0 };

    // The effects around the one asked for, or the numbers around the one that there is; those that cannot be are left out.
    static (double Effect, double? Questions)[] Table(PowerOptions options)
    {
        var most = options.Design.Discordant ?? double.PositiveInfinity;
        return options.Questions is { } n
            ? [.. _around.Select(factor => Math.Max(1, Math.Round(n * factor))).Distinct()
                .Select(count => (Effect: DetectableEffect(options.Design, (long)count).Value, Questions: (double?)count))
                .Where(row => row.Effect is not null).Select(row => (row.Effect!.Value, row.Questions))]
            : [.. _around.Select(factor => factor * options.Effect!.Value).Where(effect => Math.Abs(effect) <= most)
                .Select(effect => (effect, QuestionsNeeded(options.Design, effect).Value))];
    }

    static JsonObject Document(PowerOptions options, Estimate estimate, (double Effect, double? Questions)[] rows)
    {
        var document = ConsoleOutput.Document("power");
        document["formula"] = options.Design.Formula;
        document["design"] = JsonSerializer.SerializeToNode(options.Design, ReportJson.Options);
        document["estimates"] = JsonSerializer.SerializeToNode(new[] { estimate }, ReportJson.Options);
        document["table"] = new JsonArray([.. rows.Select(row => new JsonObject { ["effect"] = row.Effect, ["questions"] = row.Questions })]);
        return document;
    }

    static void Print(PowerOptions options, Estimate estimate, (double Effect, double? Questions)[] rows)
    {
        var design = options.Design;
        var value = estimate.Value is { } number ? Text(number) : $"- ({estimate.Reason})";
        Console.Out.WriteLine($"{estimate.Metric} {value}");
        Console.Out.WriteLine(FormattableString.Invariant($"formula {design.Formula} (docs/statistics.md), alpha {design.Alpha}, power {design.Power}, ")
            + (design.Discordant is { } discordant ? $"discordant share {Text(discordant)}" : $"variance {Text(design.Variance)}{(options.VarianceGiven ? "" : " (assumed: --variance)")}")
            + (design.Noise > 0 ? $", noise {Text(design.Noise)} over {design.SamplesPerQuestion} samples a question" : "")
            + (design.Clusters is { } clusters ? $", {clusters} clusters with correlation {Text(design.IntraclassCorrelation)}" : ""));
        Console.Out.WriteLine();
        Console.Out.WriteLine($"{"effect",12} {"questions",12}");
        foreach (var (effect, questions) in rows)
        {
            Console.Out.WriteLine($"{Text(effect),12} {(questions is { } count ? Text(count) : "-"),12}");
        }
    }

    static string Text(double value) => value.ToString(value == Math.Round(value) ? "0" : "G4", CultureInfo.InvariantCulture);
}
