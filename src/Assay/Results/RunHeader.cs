using System.Text.Json.Serialization;

namespace Assay.Results;

/// <summary>What is known of a run before it starts. Holds no secrets: <see cref="Spec"/> names the environment variables that do.</summary>
public sealed record RunHeader
{
    /// <summary>Unique within the store; made by the caller.</summary>
    public required string Id { get; init; }

    /// <summary>The spec's name: runs of one name can be compared with <c>baseline: last</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The command that made it: run, quickstart, eval, train, load.</summary>
    public required string Command { get; init; }

    /// <summary>When it began; stored in UTC to the tick.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Everything random is drawn from it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The whole spec as YAML or JSON text, enough to run it again.</summary>
    public required string Spec { get; init; }

    /// <summary>SHA-256 of the data, lower-case hex; null where the run reads none.</summary>
    public string? DataHash { get; init; }

    /// <summary>Version of Assay that made it.</summary>
    public required string AssayVersion { get; init; }

    /// <summary>The machine and the software, as JSON or plain text.</summary>
    public required string Environment { get; init; }

    /// <summary>
    /// Asks <see cref="IRunStore.BeginAsync"/> to go on with the stored run of this id, which must not be done and must have the
    /// same spec, seed and data. The stored header and records stay. Not stored; default false: the id must be new.
    /// </summary>
    [JsonIgnore]
    public bool Resume { get; init; }
}
