namespace Assay.Load.Payloads;

/// <summary>Prompts that are made up: so many tokens long, with beginnings that requests share and a rest that none does.</summary>
public sealed record SyntheticPrompts
{
    /// <summary>Tokens after the shared prefix; no two prompts are alike in them.</summary>
    public required TokenLengths Input { get; init; }

    /// <summary>Tokens of the answers; null for the body's own limit.</summary>
    public TokenLengths? Output { get; init; }

    /// <summary>How many beginnings there are; each request has one of them, each as likely. Default 0: none.</summary>
    public int Prefixes { get; init; }

    /// <summary>Tokens of every beginning.</summary>
    public int PrefixTokens { get; init; }

    /// <summary>The same seed gives the same prompts; another one none that is the same.</summary>
    public ulong Seed { get; init; }

    /// <summary>The prompt of this place in the schedule.</summary>
    public Prompt Of(int index)
    {
        // Streams of the seed: 1 draws lengths, 2 names the texts.
        var random = new SeededRandom(Seed).Derive(1).Derive((ulong)index);
        var texts = new SeededRandom(Seed).Derive(2).NextUInt64();
        var prefix = Prefixes > 0 && PrefixTokens > 0 ? random.Next(Prefixes) : -1;
        var words = Input.Draw(random);
        var text = WordText.Begin(words + PrefixTokens);
        if (prefix >= 0)
        {
            WordText.Write(text, texts ^ (1UL << 63) ^ (ulong)prefix, PrefixTokens);
        }

        WordText.Write(text, texts ^ (ulong)index, words);
        return new Prompt(WordText.Finish(text), Output?.Draw(random));
    }
}
