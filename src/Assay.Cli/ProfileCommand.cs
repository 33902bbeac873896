using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Assay.Data;
using Assay.Data.Profiling;
using Assay.Reporting;
using Assay.Scoring;

namespace Assay.Cli;

/// <summary><c>assay profile FILE</c>: what a careful person would want to know of a table.</summary>
static class ProfileCommand
{
    static readonly Argument<string> _file = new("file") { Description = "CSV or JSON, also compressed" };
    static readonly Option<string?> _target = new("--target") { Description = "column to predict: its balance, and which columns give it away" };
    static readonly Option<string?> _test = new("--test") { Description = "file with test rows: rows of it that stand in FILE too" };
    static readonly Option<string?> _group = new("--group") { Description = "with --test: column whose values must not stand in both files" };
    static readonly Option<string?> _save = new("--save") { Description = "write the profile to this file, for 'assay drift PROFILE CURRENT'" };
    static readonly Option<ulong> _seed = new("--seed") { Description = "of samples", DefaultValueFactory = _ => 1 };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command("profile", "Tells what is in a table and what is wrong with it, most important first.\n\nExample:\n  assay profile samples/quickstart/loans.csv --target defaulted")
        {
            _file, _target, _test, _group, _save, _seed, _json,
        };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(arguments, cancellationToken)));
        return command;
    }

    static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetRequiredValue(_file);
        var seed = arguments.GetValue(_seed);
        var builder = new ProfileBuilder(seed);
        ReadNotes? notes = null;
        foreach (var batch in TableFiles.Batches(path, cancellationToken))
        {
            notes = batch.Notes;
            builder.Add(batch);
        }

        var profile = builder.Build();
        var target = arguments.GetValue(_target);
        ProfileScreen screen = new()
        {
            Path = path,
            Profile = profile,
            Dialect = notes?.Dialect,
            Target = target,
            Links = target is null ? [] : TargetScan.Run(builder.Sample, target, seed),
            Findings = [.. Findings.Of(profile, TimeProvider.System.GetUtcNow()), .. notes is null ? [] : Findings.Of(notes), .. AcrossOf(arguments, path, cancellationToken)],
        };
        if (arguments.GetValue(_save) is { } save)
        {
            Save(save, profile);
        }

        Console.Out.WriteLine(arguments.GetValue(_json) ? screen.Json() : screen.Text());
        return CommandLine.Done;
    }

    static void Save(string path, TableProfile profile)
    {
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(profile, ReportJson.Options));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--save '{path}': the profile cannot be written: {fault.Message} Expected a file in a folder that exists and may be written to. Name another file.", fault);
        }
    }

    static ImmutableArray<DataFinding> AcrossOf(ParseResult arguments, string path, CancellationToken cancellationToken) => arguments.GetValue(_test) is { } test
        ? SplitLeaks.Between(TableReader.Read(path, null, cancellationToken), TableReader.Read(test, null, cancellationToken), arguments.GetValue(_group))
        : [];
}
