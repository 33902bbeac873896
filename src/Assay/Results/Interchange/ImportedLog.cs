using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Results.Interchange;

/// <summary>A log of another tool.</summary>
public sealed record ImportedLog
{
    /// <summary>What was read.</summary>
    public required LogFormat Format { get; init; }

    /// <summary>Read anew, and streamed where the format allows it, each time it is enumerated.</summary>
    public required IAsyncEnumerable<Record> Records { get; init; }

    /// <summary>Figures that are no means of the records' scores, by the definitions of the data set's authors.</summary>
    public ImmutableArray<Estimate> Figures { get; init; } = [];

    /// <summary>Scores of single samples under names such as bleu and perplexity, which are those of a whole corpus, do not sum up to it.</summary>
    public bool HasCorpusScores { get; init; }
}
