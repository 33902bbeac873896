using System.Globalization;
using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>
/// Translation edit rate: insertions, deletions, substitutions and moves of runs of words, per word of the reference, in percent; it can be above 100.
/// The numbers of a segment are the fewest edits over its references and their mean length. Sources: Snover et al. 2006; tercom; sacrebleu 2, whose
/// every choice this follows.
/// </summary>
public static class Ter
{
    /// <summary>Longer segments are not searched for shifts: their numbers, and so the score, are NaN.</summary>
    public const int MostWords = 20_000;

    /// <summary>The metric <c>ter</c>.</summary>
    /// <param name="options">Null: sacrebleu's defaults.</param>
    public static CorpusMetric Metric(TerOptions? options = null)
    {
        var chosen = options ?? new TerOptions();
        return new CorpusMetric
        {
            Name = "ter",
            Width = 2,
            Summarize = (hypothesis, references, numbers) => Summarize(hypothesis, references, chosen, numbers),
            Score = Score,
            HigherIsBetter = false,
            ReasonWhenUndefined = string.Create(CultureInfo.InvariantCulture, $"a segment has more than {MostWords} words, too many to search for shifts"),
            Signature = references => Signature(references, chosen),
        };
    }

    /// <summary>Writes the numbers of a segment.</summary>
    public static void Summarize(string hypothesis, ReadOnlySpan<string> references, TerOptions options, Span<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(options);
        var words = new WordNumbers();
        var written = words.Split(TerTokens.Normalize(hypothesis, options));
        var (fewest, length) = (double.PositiveInfinity, 0.0);
        foreach (var text in references)
        {
            var reference = words.Split(TerTokens.Normalize(text, options));
            length += reference.Length;
            var edits = Math.Max(written.Length, reference.Length) > MostWords ? double.NaN : TerShifts.Edits(written, reference);
            fewest = Math.Min(fewest, edits);
        }

        (numbers[0], numbers[1]) = (fewest, length / references.Length);
    }

    /// <summary>In percent, of the sums over the segments. Without reference words 100, or 0 when there are no others either.</summary>
    public static double Score(ReadOnlySpan<double> sums) => sums[1] > 0 ? 100 * (sums[0] / sums[1]) : sums[0] > 0 ? 100 : 0;

    /// <summary>The words that a text is compared by.</summary>
    public static IReadOnlyList<string> Tokens(string text, TerOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        return UnicodeText.Words(TerTokens.Normalize(text, options));
    }

    /// <summary>All that a score depends on, in the words of sacrebleu's signature, for so many references.</summary>
    public static string Signature(int references, TerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return string.Create(CultureInfo.InvariantCulture, $"nrefs:{references}|case:{(options.CaseSensitive ? "mixed" : "lc")}|tok:tercom|norm:{YesNo(options.Normalized)}")
            + $"|punct:{YesNo(!options.NoPunctuation)}|asian:{YesNo(options.AsianSupport)}|version:assay-{AssayVersion.Text}";
    }

    static string YesNo(bool value) => value ? "yes" : "no";
}

/// <summary>How TER is computed; the defaults are sacrebleu's.</summary>
public sealed record TerOptions
{
    /// <summary>Parts punctuation from words.</summary>
    public bool Normalized { get; init; }

    /// <summary>Deletes punctuation.</summary>
    public bool NoPunctuation { get; init; }

    /// <summary>With the two above, also of Chinese and Japanese, whose characters become words.</summary>
    public bool AsianSupport { get; init; }

    /// <summary>Does not compare in lower case.</summary>
    public bool CaseSensitive { get; init; }
}
