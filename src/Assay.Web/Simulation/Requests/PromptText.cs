namespace Assay.Web.Simulation.Requests;

/// <summary>
/// Counts a prompt's tokens and hashes its blocks while it is read. A token is a word: bytes without white space. Each block's hash stands for it
/// and all before it, so that equal beginnings of prompts give equal hashes.
/// </summary>
sealed class PromptText(int blockTokens)
{
    const ulong Offset = 0xCBF29CE484222325;
    const ulong Prime = 0x100000001B3;

    readonly List<ulong> _blocks = [];
    ulong _chain;

    public int Tokens { get; private set; }

    public void Clear()
    {
        _blocks.Clear();
        (_chain, Tokens) = (0, 0);
    }

    /// <summary>One text; its end ends a word.</summary>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        var (word, isWord) = (Offset, false);
        foreach (var value in utf8)
        {
            if (value > (byte)' ')
            {
                word = (word ^ value) * Prime;
                isWord = true;
            }
            else if (isWord)
            {
                AddToken(word);
                (word, isWord) = (Offset, false);
            }
        }

        if (isWord)
        {
            AddToken(word);
        }
    }

    public void AddToken(ulong token)
    {
        _chain = Mix(_chain ^ token);
        if (++Tokens % blockTokens == 0)
        {
            _blocks.Add(_chain);
        }
    }

    /// <summary>The hashes; the last may be of fewer tokens.</summary>
    public ulong[] Blocks() => Tokens % blockTokens == 0 ? [.. _blocks] : [.. _blocks, Mix(_chain ^ (ulong)(Tokens % blockTokens))];

    // SplitMix64's finalizer: every bit of the sum so far reaches every bit of the next.
    static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
