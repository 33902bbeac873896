using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>A text in work. Only the engine's thread changes it, but for <see cref="Cancel"/>; during a step one worker calls <see cref="Take"/>.</summary>
abstract class Sequence(int[] tokens, int length, int limit)
{
    readonly List<CachedPage> _held = [];
    volatile bool _cancelled;

    /// <summary>The text's tokens are the first <see cref="Length"/>.</summary>
    public int[] Tokens { get; } = tokens;

    public int Length { get; protected set; } = length;

    /// <summary>The most tokens whose keys and values will be kept.</summary>
    public int Limit => limit;

    /// <summary>Tokens whose keys and values are in the pages.</summary>
    public int Computed { get; private set; }

    public KvPage[] Pages { get; } = new KvPage[KvShape.Pages(limit)];

    public IReadOnlyList<CachedPage> Held => _held;

    /// <summary>When work on it began.</summary>
    public long Admitted { get; set; }

    public bool IsDone { get; set; }

    public bool IsCancelled => _cancelled;

    /// <summary>The first position whose logits are wanted: what comes before it may come from the cache.</summary>
    public abstract int FirstWanted { get; }

    public abstract bool Wants(int position);

    /// <summary>The logits after the token at this position; valid during the call.</summary>
    public abstract void Take(int position, ReadOnlySpan<float> logits);

    /// <summary>Hands on what the step brought; true: the text is done.</summary>
    public abstract bool Advance();

    /// <summary>Ends the answer for the one who waits; null: it was done.</summary>
    public abstract void End(Exception? failure);

    public void Cancel() => _cancelled = true;

    /// <summary>The next page, where the first <paramref name="computed"/> tokens of the text are known.</summary>
    public void Hold(CachedPage page, int computed)
    {
        Pages[_held.Count] = page.Numbers;
        _held.Add(page);
        Computed = computed;
    }

    /// <summary>Takes another page in the place of an equal one.</summary>
    public void Replace(int index, CachedPage page)
    {
        Pages[index] = page.Numbers;
        _held[index] = page;
    }

    public void Done(int count) => Computed += count;

    public void Drop() => _held.Clear();
}
