using System.CommandLine;

namespace Assay.Cli;

/// <summary>Options of the commands that run a spec.</summary>
sealed record RunOptions(string Output, string? Store, string? Records, ulong? Seed, bool Json, bool Resume)
{
    static readonly Option<string> _output = new("--output", "-o") { Description = "folder for reports", DefaultValueFactory = _ => "assay-out" };
    static readonly Option<string?> _store = new("--store") { Description = "SQLite file that keeps the runs (default: runs.db in the output folder)" };
    static readonly Option<string?> _records = new("--records") { Description = "write every record to this file, as JSON lines" };
    static readonly Option<ulong?> _seed = new("--seed") { Description = "in place of the spec's seed" };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    static readonly Option<bool> _resume = new("--resume") { Description = "go on with the finished fits of a run that was stopped or killed" };

    public static void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_store);
        command.Add(_records);
        command.Add(_seed);
        command.Add(_json);
        command.Add(_resume);
    }

    public static RunOptions Of(ParseResult arguments) => new(
        arguments.GetRequiredValue(_output), arguments.GetValue(_store), arguments.GetValue(_records), arguments.GetValue(_seed), arguments.GetValue(_json), arguments.GetValue(_resume));

    public string StorePath => Store ?? Path.Combine(Output, "runs.db");
}
