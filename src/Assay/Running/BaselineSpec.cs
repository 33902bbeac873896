using Assay.Comparing;

namespace Assay.Running;

/// <summary>The stored run that a run is held against.</summary>
public sealed record BaselineSpec
{
    /// <summary>As <see cref="FinishedRun"/>: an id or its beginning, or a tag; <c>last</c> and <c>passed</c> mean runs of the spec's name.</summary>
    public required string Run { get; init; }

    /// <summary>Differences within this do not matter; what a gate without 'by' takes. Null for none.</summary>
    public double? Margin { get; init; }

    /// <summary>False: without such a run, as in the first of a name, gates that need the baseline hold, and a warning says so.</summary>
    public bool Required { get; init; } = true;
}
