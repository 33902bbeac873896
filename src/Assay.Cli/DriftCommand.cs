using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Data;
using Assay.Data.Drift;
using Assay.Data.Profiling;
using Assay.Reporting;
using Assay.Scoring;

namespace Assay.Cli;

/// <summary><c>assay drift REFERENCE CURRENT</c>: how a table has moved.</summary>
static class DriftCommand
{
    static readonly Argument<string> _reference = new("reference") { Description = "a table, or a profile that 'assay profile --save' wrote" };
    static readonly Argument<string> _current = new("current") { Description = "a table" };
    static readonly Option<string?> _test = new("--test") { Description = $"for every column that it suits: {string.Join(", ", DriftTest.Known)} (default: by kind and size, as Evidently chooses)" };
    static readonly Option<double?> _threshold = new("--threshold") { Description = "of an adjusted p-value, or of a distance (default: the test's own)" };
    static readonly Option<double> _share = new("--drift-share") { Description = "share of drifted columns from which the data set drifts", DefaultValueFactory = _ => 0.5 };
    static readonly Option<ulong> _seed = new("--seed") { Description = "of tests by resampling", DefaultValueFactory = _ => 1 };
    static readonly Option<bool> _fail = new("--fail-on-drift") { Description = "exit with 1 when the data set drifts" };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command("drift", "Compares a table with an earlier one, column by column.\n\nExample:\n  assay profile january.csv --save january.json\n  assay drift january.json february.csv")
        {
            _reference, _current, _test, _threshold, _share, _seed, _fail, _json,
        };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(arguments, cancellationToken)));
        return command;
    }

    static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new DriftOptions
        {
            Test = arguments.GetValue(_test),
            Threshold = arguments.GetValue(_threshold),
            DriftShare = arguments.GetValue(_share),
            Seed = arguments.GetValue(_seed),
        };
        var reference = arguments.GetRequiredValue(_reference);
        var current = ColumnsOf(arguments.GetRequiredValue(_current), cancellationToken);
        var result = DriftAnalysis.Compare(
            ReadProfile(reference) is { } profile ? [.. profile.Columns.Select(DriftColumn.Of)] : ColumnsOf(reference, cancellationToken), current, options);
        Console.Out.WriteLine(arguments.GetValue(_json) ? Json(result) : Text(result));
        return result.Drifts && arguments.GetValue(_fail) ? CommandLine.GateBroken : CommandLine.Done;
    }

    // A large file is profiled batch by batch: what a profile keeps stands for its rows.
    static DriftColumn[] ColumnsOf(string path, CancellationToken cancellationToken)
    {
        if (!TableFiles.IsLarge(path))
        {
            return [.. TableReader.Read(path, null, cancellationToken).Columns.Select(DriftColumn.Of)];
        }

        var builder = new ProfileBuilder();
        foreach (var batch in TableFiles.Batches(path, cancellationToken))
        {
            builder.Add(batch);
        }

        return [.. builder.Build().Columns.Select(DriftColumn.Of)];
    }

    // A profile is a JSON object with columns and rows; any other file is a table.
    static TableProfile? ReadProfile(string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TableProfile>(File.ReadAllText(path), ReportJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string Json(DriftResult result)
    {
        var document = ConsoleOutput.Document("drift");
        document["estimates"] = JsonSerializer.SerializeToNode(Array.Empty<object>());
        document["drifts"] = result.Drifts;
        document["drifted_columns"] = result.DriftedColumns;
        document["drift_share"] = result.DriftShare;
        document["threshold"] = result.Threshold;
        document["columns"] = JsonSerializer.SerializeToNode(result.Columns, ReportJson.Options);
        return document.ToJsonString(ReportJson.Options);
    }

    static string Text(DriftResult result)
    {
        var lines = result.Columns.OrderByDescending(column => column.Causes.Length).Select(column => string.Create(CultureInfo.InvariantCulture,
            $"{column.Column,-22} {(column.Causes.IsEmpty ? "-" : string.Join("+", column.Causes)),-22} {column.Test ?? "-",-14} {NumberText.Number(column.Statistic),9} {NumberText.PValue(column.AdjustedP),8}  {Missing(column)}{Added(column)}{column.Reason}"));
        var verdict = string.Create(CultureInfo.InvariantCulture,
            $"{(result.Drifts ? "DRIFT" : "no drift")}: {result.DriftedColumns} of {result.Columns.Length} columns drifted ({NumberText.Percent(result.DriftShare)}; the data set drifts from {NumberText.Percent(result.Threshold)})");
        return string.Join('\n', [verdict, $"{"column",-22} {"drift",-22} {"test",-14} {"statistic",9} {"p (FDR)",8}  missing", .. lines.Select(line => line.TrimEnd())]);
    }

    static string Missing(ColumnDrift column) => column is { Missing: { } before, CurrentMissing: { } now } ? $"{NumberText.Percent(before)} -> {NumberText.Percent(now)}  " : "";

    static string Added(ColumnDrift column) => column.NewValues.IsEmpty ? "" : $"new: {string.Join(", ", column.NewValues.Take(3))}  ";
}
