using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Data;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Cli;

/// <summary><c>assay metrics</c>: metrics of stored predictions.</summary>
static class MetricsCommand
{
    static readonly Argument<string> _file = new("FILE") { Description = "table with a header line: comma, semicolon, tab or | between cells" };
    static readonly Option<string> _truth = new("--truth") { Description = "column of the truth", Required = true };
    static readonly Option<string> _prediction = new("--prediction") { Description = "column of the predicted class or number", Required = true };
    static readonly Option<string?> _score = new("--score") { Description = "column that ranks two classes: higher for the positive one" };
    static readonly Option<string?> _probabilities = new("--probabilities") { Description = "A,B,C: a column per class in their order, or one of the positive class" };
    static readonly Option<string?> _positive = new("--positive") { Description = "positive class of two (default: the last in order)" };
    static readonly Option<string?> _weights = new("--weights") { Description = "column of row weights" };
    static readonly Option<string?> _group = new("--group") { Description = "column whose values are judged apart, too" };
    static readonly Option<string> _task = new("--task") { Description = "classification, regression or auto", DefaultValueFactory = _ => "auto" };
    static readonly Option<ulong> _seed = new("--seed") { Description = "of the resampling", DefaultValueFactory = _ => 1 };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command(
            "metrics", "Metrics of stored predictions, each with its interval.\n\nExample:\n  assay metrics predictions.csv --truth label --prediction predicted --probabilities p_no,p_yes")
        {
            _file, _truth, _prediction, _score, _probabilities, _positive, _weights, _group, _task.AcceptOnlyFromAmong("auto", "classification", "regression"), _seed, _json,
        };
        command.SetAction(Run);
        return command;
    }

    static Task<int> Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var table = CsvReader.Read(arguments.GetRequiredValue(_file));
        var columns = Columns(arguments);
        var options = new EstimateOptions { Seed = arguments.GetValue(_seed) };
        var isRegression = arguments.GetRequiredValue(_task) is var task && task == "auto" ? StoredPredictions.IsRegression(table, columns) : task == "regression";
        var judged = isRegression
            ? JudgedPredictions.OfNumbers(StoredPredictions.Numbers(table, columns), options, cancellationToken)
            : JudgedPredictions.OfClasses(StoredPredictions.Classes(table, columns), columns.Truth, options, cancellationToken);
        if (arguments.GetValue(_group) is { } group)
        {
            judged = judged with { Estimates = [.. judged.Estimates, .. JudgedPredictions.Groups(table, columns, group, isRegression, options, cancellationToken)] };
        }

        if (arguments.GetValue(_json))
        {
            Console.Out.WriteLine(Document(judged, isRegression).ToJsonString(ReportJson.Options));
            return Task.FromResult(CommandLine.Done);
        }

        foreach (var estimate in judged.Estimates)
        {
            Console.Out.WriteLine(Line(estimate));
        }

        return Task.FromResult(CommandLine.Done);
    }

    static PredictionColumns Columns(ParseResult arguments) => new()
    {
        Truth = arguments.GetRequiredValue(_truth),
        Prediction = arguments.GetRequiredValue(_prediction),
        Score = arguments.GetValue(_score),
        Probabilities = [.. (arguments.GetValue(_probabilities) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        Weights = arguments.GetValue(_weights),
        Positive = arguments.GetValue(_positive),
    };

    static JsonObject Document(JudgedPredictions judged, bool isRegression)
    {
        var document = ConsoleOutput.Document("metrics");
        document["task"] = isRegression ? "regression" : "classification";
        document["rows"] = judged.Rows;
        document["excluded"] = judged.Excluded;
        document["estimates"] = JsonSerializer.SerializeToNode(judged.Estimates, ReportJson.Options);
        if (judged.Classes is { } classes)
        {
            document["classes"] = JsonSerializer.SerializeToNode(classes, ReportJson.Options);
            document["positive"] = judged.Positive;
            document["confusion"] = JsonSerializer.SerializeToNode(judged.Confusion, ReportJson.Options);
            document["curves"] = JsonSerializer.SerializeToNode(judged.Curves, ReportJson.Options);
        }

        return document;
    }

    static string Line(Estimate estimate)
    {
        var slice = estimate.Slice is { } parts ? $" {{{string.Join(", ", parts.Select(part => $"{part.Key}: {part.Value}"))}}}" : "";
        return $"{estimate.Metric + slice,-34} {NumberText.Of(estimate),-30} n {estimate.N}{(estimate.Excluded > 0 ? $", {estimate.Excluded} excluded" : "")}{(estimate.Method is { } method ? $", {method}" : "")}";
    }
}
