namespace Assay.Metrics;

/// <summary>How BLEU is computed; the defaults are sacrebleu's.</summary>
public sealed record BleuOptions
{
    /// <summary>How a line becomes words.</summary>
    public BleuTokenizer Tokenizer { get; init; }

    /// <summary>What stands in for an order without a match.</summary>
    public BleuSmoothing Smoothing { get; init; }

    /// <summary>The floor (default 0.1) or the k of add-k (default 1).</summary>
    public double? SmoothingValue { get; init; }

    /// <summary>The longest n-grams, from 1.</summary>
    public int MaxOrder { get; init; } = 4;

    /// <summary>Leaves out orders of which the hypotheses have no n-gram. Meant for single segments; sacrebleu's <c>sentence_bleu</c> sets it.</summary>
    public bool EffectiveOrder { get; init; }

    /// <summary>Compares in lower case.</summary>
    public bool Lowercase { get; init; }
}

/// <summary>sacrebleu's tokenizers.</summary>
public enum BleuTokenizer
{
    /// <summary><c>13a</c>: NIST's mteval-v13a, for languages with blanks between words.</summary>
    Mteval13a,

    /// <summary><c>intl</c>: mteval-v14's, punctuation and symbols of all scripts.</summary>
    International,

    /// <summary><c>zh</c>: each Chinese character alone, the rest as 13a.</summary>
    Chinese,

    /// <summary><c>char</c>: each character that is no white space.</summary>
    Character,

    /// <summary><c>none</c>: words between white space.</summary>
    None,
}

/// <summary>Smoothing of n-gram precisions. Source: Chen and Cherry 2014.</summary>
public enum BleuSmoothing
{
    /// <summary><c>exp</c>: half a match, then a quarter, and so on, for each order without one.</summary>
    Exponential,

    /// <summary><c>none</c>: an order without a match makes the score 0.</summary>
    None,

    /// <summary><c>floor</c>: a small number of matches.</summary>
    Floor,

    /// <summary><c>add-k</c>: k more matches and n-grams of each order above 1.</summary>
    AddK,
}
