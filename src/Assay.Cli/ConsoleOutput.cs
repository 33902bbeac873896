using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Reporting;

namespace Assay.Cli;

/// <summary>Standard output carries results, standard error everything else.</summary>
static class ConsoleOutput
{
    /// <summary>Tells what is wrong with the user's input, all at once, and gives the exit code for it.</summary>
    public static int Problems(bool json, string command, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        if (json)
        {
            var document = Document(command);
            document["verdict"] = "incomplete";
            document["problems"] = new JsonArray([.. problems.Select(problem => JsonValue.Create(problem))]);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
        }

        return CommandLine.WrongInput;
    }

    /// <summary>The JSON of a command that made a report.</summary>
    public static string RunDocument(Report report, string folder)
    {
        var document = Document(report.Command);
        document["run"] = report.Run;
        document["report"] = folder;
        document["verdict"] = JsonSerializer.SerializeToNode(report.Verdict, ReportJson.Options);
        document["verdict_reason"] = report.VerdictReason;
        if (!report.Capabilities.IsEmpty)
        {
            document["capabilities"] = JsonSerializer.SerializeToNode(report.Capabilities, ReportJson.Options);
        }

        document["gates"] = JsonSerializer.SerializeToNode(report.Gates, ReportJson.Options);
        document["estimates"] = JsonSerializer.SerializeToNode(report.Estimates, ReportJson.Options);
        return document.ToJsonString(ReportJson.Options);
    }

    /// <summary>Whether standard output is a terminal that wants colours.</summary>
    public static bool HasColour => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;

    /// <summary>What every document begins with.</summary>
    public static JsonObject Document(string command) => new() { ["assay"] = AssayVersion.Text, ["command"] = command };
}
