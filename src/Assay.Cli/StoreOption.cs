using System.CommandLine;
using Assay.Storage;

namespace Assay.Cli;

/// <summary>Where runs are kept.</summary>
static class StoreOption
{
    /// <summary>Environment variable in place of the option: there an address with a password is seen by fewer.</summary>
    public const string Variable = "ASSAY_STORE";

    public static Option<string?> Create() => new("--store")
    {
        Description = $"where runs are kept: an SQLite file, or postgres://user@host/database with the password in PGPASSWORD (default: {Variable}, else {Path.Combine("assay-out", "runs.db")})",
    };

    /// <summary>The option's value, the variable's, or runs.db in the folder.</summary>
    public static string PathOf(string? option, string folder = "assay-out") =>
        option ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : Path.Combine(folder, "runs.db"));

    public static RunStore Open(string? option) => RunStore.Open(PathOf(option), TimeProvider.System);
}
