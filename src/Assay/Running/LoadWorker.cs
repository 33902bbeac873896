using Assay.Load.Sharding;

namespace Assay.Running;

/// <summary>One of several processes that make the load of a profile together.</summary>
public static class LoadWorker
{
    /// <summary>Makes this process's part; see <see cref="ShardWorker.RunAsync"/>.</summary>
    /// <param name="spec">The spec of the process that started this one.</param>
    /// <param name="index">Of the profile, which must be of a service.</param>
    /// <param name="shard">Which part.</param>
    /// <param name="log">Takes what was measured.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="UserErrorException">As of the load generator.</exception>
    public static async Task RunAsync(
        Spec spec, int index, Shard shard, string log, TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var options = LoadStage.Options(spec, index);
        var target = await ServiceLoad.TargetAsync(spec.Loads[index], spec.Loads[index].Service!, options, cancellationToken).ConfigureAwait(false);
        await ShardWorker.RunAsync(target, options, shard, log, input, output, time, cancellationToken).ConfigureAwait(false);
    }
}
