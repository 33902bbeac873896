using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>
/// The pages of all texts, bounded. A text reserves what it can need when it begins, so that it never waits in the middle. Full pages stay
/// after their text until room is needed, the longest unused first; a page goes before the one that it continues.
/// </summary>
sealed class KvCache(KvShape shape, int capacity)
{
    readonly Stack<KvPage> _free = new();
    readonly LinkedList<CachedPage> _unused = new();
    readonly Dictionary<PrefixKey, CachedPage> _full = [];
    int _made, _used, _reserved;

    /// <summary>Pages that texts hold, in [0, 1] of all.</summary>
    public double Share => (double)_used / capacity;

    /// <summary>Reserves the text's pages, and gives it those of its beginning that are there; false: there is no room yet.</summary>
    public bool TryAdmit(Sequence sequence)
    {
        var found = Find(sequence);
        var waking = found.Count(page => page.Users == 0);
        var missing = KvShape.Pages(sequence.Limit) - found.Count;
        if (_used + _reserved + waking + missing > capacity)
        {
            return false;
        }

        _reserved += missing;
        foreach (var page in found)
        {
            Use(page);
            sequence.Hold(page, (sequence.Held.Count + 1) * KvShape.PageTokens);
        }

        return true;
    }

    /// <summary>Makes room for the text's next tokens out of what it reserved.</summary>
    public void Extend(Sequence sequence, int count)
    {
        while (sequence.Held.Count < KvShape.Pages(sequence.Computed + count))
        {
            var page = new CachedPage(Take()) { Users = 1 };
            page.Numbers.Clear();
            (_reserved, _used) = (_reserved - 1, _used + 1);
            sequence.Hold(page, sequence.Computed);
        }
    }

    /// <summary>Lets others find the pages that the last <paramref name="count"/> tokens filled.</summary>
    public void Publish(Sequence sequence, int count)
    {
        for (var index = (sequence.Computed - count) / KvShape.PageTokens; index < sequence.Computed / KvShape.PageTokens; index++)
        {
            var page = sequence.Held[index];
            var tokens = sequence.Tokens.AsSpan(index * KvShape.PageTokens, KvShape.PageTokens).ToArray();
            var key = new PrefixKey(index == 0 ? null : sequence.Held[index - 1], tokens);
            if (_full.TryGetValue(key, out var same))
            {
                Use(same);
                sequence.Replace(index, same);
                Release(page);
            }
            else
            {
                page.Key = key;
                _full.Add(key, page);
            }
        }
    }

    /// <summary>Ends a text: its pages, and what it reserved.</summary>
    public void Release(Sequence sequence)
    {
        _reserved -= KvShape.Pages(sequence.Limit) - sequence.Held.Count;
        for (var index = sequence.Held.Count - 1; index >= 0; index--)
        {
            Release(sequence.Held[index]);
        }

        sequence.Drop();
    }

    List<CachedPage> Find(Sequence sequence)
    {
        var found = new List<CachedPage>();
        for (var start = 0; start + KvShape.PageTokens <= sequence.FirstWanted; start += KvShape.PageTokens)
        {
            var key = new PrefixKey(found.Count == 0 ? null : found[^1], sequence.Tokens.AsMemory(start, KvShape.PageTokens));
            if (!_full.TryGetValue(key, out var page))
            {
                break;
            }

            found.Add(page);
        }

        return found;
    }

    void Use(CachedPage page)
    {
        if (page.Users++ == 0)
        {
            _unused.Remove(page);
            _used++;
        }
    }

    void Release(CachedPage page)
    {
        if (--page.Users > 0)
        {
            return;
        }

        _used--;
        if (page.Key is null)
        {
            _free.Push(page.Numbers);
        }
        else
        {
            _unused.AddLast(page);
        }
    }

    KvPage Take()
    {
        if (_free.TryPop(out var page))
        {
            return page;
        }

        if (_made < capacity)
        {
            _made++;
            return new KvPage(shape);
        }

        var oldest = _unused.First!.Value;
        _unused.RemoveFirst();
        _full.Remove(oldest.Key!.Value);
        return oldest.Numbers;
    }
}
