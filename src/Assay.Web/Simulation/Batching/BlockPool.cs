namespace Assay.Web.Simulation.Batching;

/// <summary>The blocks of a KV cache: held by answers, or kept from earlier prompts until their place is needed.</summary>
sealed class BlockPool(int capacity)
{
    readonly Dictionary<ulong, Block> _byHash = [];
    readonly LinkedList<Block> _idle = new();
    int _total;

    /// <summary>Blocks that answers hold.</summary>
    public int InUse => _total - _idle.Count;

    /// <summary>How many of the first blocks are there, one after the other.</summary>
    public int CountCached(ReadOnlySpan<ulong> hashes)
    {
        var count = 0;
        while (count < hashes.Length && _byHash.ContainsKey(hashes[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>All blocks of a prompt, the first <paramref name="cached"/> of them shared; false, and nothing taken, when there is no place for them.</summary>
    public bool TryTakePrompt(ReadOnlySpan<ulong> hashes, int cached, int count, List<Block> taken)
    {
        var idle = 0;
        foreach (var hash in hashes[..cached])
        {
            idle += _byHash[hash].Users == 0 ? 1 : 0;
        }

        if (count - cached > capacity - InUse - idle)
        {
            return false;
        }

        foreach (var hash in hashes[..cached])
        {
            taken.Add(Use(_byHash[hash]));
        }

        for (var i = cached; i < count; i++)
        {
            taken.Add(New(i < hashes.Length ? hashes[i] : null));
        }

        return true;
    }

    public bool TryTakeOne(List<Block> taken)
    {
        if (InUse == capacity)
        {
            return false;
        }

        taken.Add(New(null));
        return true;
    }

    // The end of a prompt is of use only with its beginning, so it is the first to go.
    public void GiveBack(List<Block> blocks)
    {
        for (var i = blocks.Count - 1; i >= 0; i--)
        {
            var block = blocks[i];
            block.Users--;
            if (block.Hash is null)
            {
                _total--;
            }
            else if (block.Users == 0)
            {
                _idle.AddLast(block.Place);
            }
        }

        blocks.Clear();
    }

    Block Use(Block block)
    {
        if (block.Users++ == 0)
        {
            _idle.Remove(block.Place);
        }

        return block;
    }

    Block New(ulong? hash)
    {
        if (_total == capacity)
        {
            var oldest = _idle.First!.Value;
            _idle.RemoveFirst();
            _byHash.Remove(oldest.Hash!.Value);
            _total--;
        }

        _total++;
        var block = new Block(hash);
        if (hash is { } known && !_byHash.TryAdd(known, block))
        {
            // A block after one that was given up is still there; the second copy is not kept.
            return new Block(null);
        }

        return block;
    }
}

/// <summary>One block.</summary>
sealed class Block
{
    public Block(ulong? hash)
    {
        Hash = hash;
        Users = 1;
        Place = new LinkedListNode<Block>(this);
    }

    /// <summary>Null when it cannot be reused.</summary>
    public ulong? Hash { get; }

    public int Users { get; set; }

    /// <summary>Its place among the idle ones.</summary>
    public LinkedListNode<Block> Place { get; }
}
