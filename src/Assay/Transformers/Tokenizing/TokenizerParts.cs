namespace Assay.Transformers.Tokenizing;

// What a tokenizer.json describes, in the order of use.
sealed record TokenizerParts
{
    public required Vocabulary Vocabulary { get; init; }

    // Looked for in the text as it is given.
    public required AddedTokens RawTokens { get; init; }

    // Looked for in what the normalizer made of the rest.
    public required AddedTokens NormalizedTokens { get; init; }

    public Func<string, string>? Normalize { get; init; }

    public PreTokenizer? PreTokenizer { get; init; }

    public required BytePairModel Model { get; init; }

    // What the post-processor puts around a text.
    public int[] Prefix { get; init; } = [];

    public int[] Suffix { get; init; } = [];

    // Blanks that decoding takes from the start of a text.
    public int LeadingBlanks { get; init; }
}
