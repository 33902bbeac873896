using System.CommandLine;
using System.Globalization;
using Assay.Load;
using Assay.Load.Sharding;
using Assay.Running;

namespace Assay.Cli;

/// <summary>The load of several processes: each is this command again, told which part it makes.</summary>
static class LoadProcesses
{
    static readonly Option<int> _processes = new("--processes") { Description = "make the load by so many processes on this machine, when one is not enough", DefaultValueFactory = _ => 1 };
    static readonly Option<string?> _part = new("--part") { Description = "profile/part/parts", Hidden = true };
    static readonly Option<string?> _partLog = new("--part-log") { Description = "takes the part's event log", Hidden = true };

    /// <summary>How and not what.</summary>
    public static Option[] All { get; } = [_processes, _part, _partLog];

    public static int Count(ParseResult arguments) => arguments.GetValue(_processes);

    /// <summary>Null where this process makes all of the load.</summary>
    public static Func<int, LoadOptions, IProgress<LoadProgress>, CancellationToken, Task<LoadResult>>? Elsewhere(ParseResult arguments)
    {
        var count = Count(arguments);
        if (count == 1)
        {
            return null;
        }

        string[] given = [.. arguments.Tokens.Select(token => token.Value)];
        return async (profile, options, progress, cancellationToken) =>
        {
            var result = await ShardedLoad.RunAsync(
                count,
                (shard, log) => ServeProcess.StartInfo([.. given, "--part", string.Create(CultureInfo.InvariantCulture, $"{profile}/{shard.Index}/{shard.Count}"), "--part-log", log]),
                options.Log,
                TimeProvider.System,
                progress,
                cancellationToken).ConfigureAwait(false);

            // A log knows a trace by its name only.
            return result with { Arrivals = options.Arrivals };
        };
    }

    /// <summary>Makes a part, where this is such a process; false where it is not.</summary>
    public static async Task<bool> WorkAsync(ParseResult arguments, Spec spec, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_part)?.Split('/').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray() is not [var profile, var index, var count])
        {
            return false;
        }

        // Console.In blocks also when it is asked to wait asynchronously, and its end is waited for while the load runs.
        using var input = new StreamReader(Console.OpenStandardInput());
        await LoadWorker.RunAsync(
            spec, profile, new Shard(index, count), arguments.GetValue(_partLog)!, input, Console.Out, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
