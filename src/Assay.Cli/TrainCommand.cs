using System.Collections.Immutable;
using System.CommandLine;
using Assay.Data;
using Assay.Running;

namespace Assay.Cli;

/// <summary><c>assay train</c>: a spec of defaults for one table, run as every spec.</summary>
static class TrainCommand
{
    static readonly Argument<string> _file = new("FILE") { Description = "table: CSV or JSON" };
    static readonly Option<string> _target = new("--target") { Description = "column to predict; several, of numbers: A,B", Required = true };
    static readonly Option<string?> _exclude = new("--exclude") { Description = "columns that the model must not see: A,B" };
    static readonly Option<string> _model = new("--model") { Description = "sequential, logistic (classes), linear or ridge (numbers)", DefaultValueFactory = _ => "sequential" };
    static readonly Option<int> _folds = new("--folds") { Description = "folds of the cross-validation", DefaultValueFactory = _ => 5 };
    static readonly Option<int?> _epochs = new("--epochs") { Description = "passes over the rows (default: by their number)" };
    static readonly Option<string?> _kind = new("--target-kind") { Description = "classes or numbers (default: by the values)" };
    static readonly Option<string?> _save = new("--save") { Description = "where the model of all rows is written (default: model.assay in the output folder)" };

    public static Command Create()
    {
        var command = new Command(
            "train", "Trains and validates a model on a table, beside a baseline, and saves it.\n\nExample:\n  assay train loans.csv --target defaulted --model logistic --folds 10")
        {
            _file, _target, _exclude, _model.AcceptOnlyFromAmong("sequential", "logistic", "linear", "ridge"), _folds, _epochs,
            _kind, _save,
        };
        RunOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = RunOptions.Of(arguments);
        var file = arguments.GetRequiredValue(_file);
        var request = new TrainRequest(
            file, Names(arguments.GetRequiredValue(_target)), Names(arguments.GetValue(_exclude)), arguments.GetRequiredValue(_model), arguments.GetValue(_folds),
            arguments.GetValue(_epochs), arguments.GetValue(_kind), arguments.GetValue(_save) ?? Path.Combine(options.Output, "model.assay"));
        if (request.Problems() is { IsEmpty: false } problems)
        {
            return Task.FromResult(ConsoleOutput.Problems(options.Json, "train", problems));
        }

        var yaml = TrainDefaults.SpecOf(TableReader.Read(file, new ReadOptions { Threads = 0 }, cancellationToken), request);
        var reading = SpecReader.Read(yaml, "train", Environment.CurrentDirectory, Environment.CurrentDirectory);
        return reading.Spec is { } spec
            ? SpecExecution.RunAsync(spec, "train", options, cancellationToken)
            : Task.FromResult(ConsoleOutput.Problems(options.Json, "train", [.. reading.Problems.Select(problem => problem.Message)]));
    }

    static ImmutableArray<string> Names(string? list) => list is null ? [] : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>What was asked for.</summary>
sealed record TrainRequest(
    string File, ImmutableArray<string> Targets, ImmutableArray<string> Exclude, string Model, int Folds, int? Epochs, string? TargetKind, string Save)
{
    public ImmutableArray<string> Problems() =>
    [
        .. Targets.IsEmpty ? ["--target names no column. Expected one, or several with commas between. Name it."] : Array.Empty<string>(),
        .. Folds < 2 ? [$"--folds is {Folds}. Cross-validation needs at least 2. Give 2 or more."] : Array.Empty<string>(),
        .. Epochs < 1 ? [$"--epochs is {Epochs}. Training needs at least 1. Give a positive number."] : Array.Empty<string>(),
        .. Epochs is not null && Model != "sequential" ? [$"--epochs is given, and '{Model}' has none. Leave it out, or train a sequential model."] : Array.Empty<string>(),
        .. TargetKind is null or "classes" or "numbers" ? Array.Empty<string>() : [$"--target-kind is '{TargetKind}'. It is classes or numbers. Name one of these."],
    ];
}
