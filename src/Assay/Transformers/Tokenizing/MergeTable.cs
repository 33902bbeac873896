namespace Assay.Transformers.Tokenizing;

// Pair of tokens -> rank of the merge and the token it makes, packed as rank << 32 | token, so that the smaller value is the earlier merge.
// Open addressing with linear probing over one array: a look-up is a multiplication and mostly one cache line.
sealed class MergeTable
{
    public const long None = long.MaxValue;

    readonly (ulong Pair, long Merge)[] _slots;
    readonly int _shift;

    public MergeTable(int count)
    {
        var bits = Math.Max(4, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)count * 2));
        _slots = new (ulong, long)[1 << bits];
        _shift = 64 - bits;
        Array.Fill(_slots, (0UL, None));
    }

    // Of a pair that stands twice the last counts, as in the reference.
    public void Set(int left, int right, int rank, int token)
    {
        var pair = Pair(left, right);
        var slot = Slot(pair);
        while (_slots[slot].Merge != None && _slots[slot].Pair != pair)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = (pair, ((long)rank << 32) | (uint)token);
    }

    public long Find(int left, int right)
    {
        var pair = Pair(left, right);
        var slot = Slot(pair);
        while (true)
        {
            ref readonly var found = ref _slots[slot];
            if (found.Merge == None || found.Pair == pair)
            {
                return found.Merge;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }
    }

    static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    int Slot(ulong pair) => (int)((pair * 0x9E3779B97F4A7C15) >> _shift);
}
