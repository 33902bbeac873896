using System.Buffers.Binary;
using System.Numerics;

namespace Assay.Data.Reading;

/// <summary>Codes UTF-8 texts as they come; one copy per distinct text, all in one pool.</summary>
sealed class Utf8Dictionary
{
    struct Entry
    {
        public int Start;
        public int Length;
        public int Hash;
        public int Next;
    }

    Entry[] _entries = new Entry[16];
    int[] _buckets = new int[16]; // index of an entry + 1
    byte[] _pool = new byte[256];
    int _used;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int code] => _pool.AsSpan(_entries[code].Start, _entries[code].Length);

    /// <summary>The code of the text, a new one if it is new; -1 when the pool is full.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        for (var i = _buckets[hash & (_buckets.Length - 1)] - 1; i >= 0; i = _entries[i].Next)
        {
            if (_entries[i].Hash == hash && this[i].SequenceEqual(text))
            {
                return i;
            }
        }

        return Insert(text, hash);
    }

    /// <summary>The pool, and where each text stands in it.</summary>
    public (byte[] Pool, int[] Starts, int[] Lengths) Texts() =>
        (_pool, [.. _entries.Take(Count).Select(entry => entry.Start)], [.. _entries.Take(Count).Select(entry => entry.Length)]);

    public void Clear()
    {
        Count = 0;
        _used = 0;
        _buckets.AsSpan().Clear();
    }

    int Insert(ReadOnlySpan<byte> text, int hash)
    {
        if (text.Length > Array.MaxLength - _used)
        {
            return -1;
        }

        if (text.Length > _pool.Length - _used)
        {
            Array.Resize(ref _pool, (int)Math.Min(Array.MaxLength, Math.Max(2L * _pool.Length, (long)_used + text.Length)));
        }

        if (Count == _entries.Length)
        {
            Grow();
        }

        text.CopyTo(_pool.AsSpan(_used));
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[Count] = new Entry { Start = _used, Length = text.Length, Hash = hash, Next = bucket - 1 };
        bucket = Count + 1;
        _used += text.Length;
        return Count++;
    }

    void Grow()
    {
        Array.Resize(ref _entries, 2 * _entries.Length);
        _buckets = new int[_entries.Length];
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref _buckets[_entries[i].Hash & (_buckets.Length - 1)];
            _entries[i].Next = bucket - 1;
            bucket = i + 1;
        }
    }

    static int Hash(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[8..];
        }

        foreach (var letter in text)
        {
            hash = (hash << 8) ^ BitOperations.RotateLeft(hash, 17) ^ letter;
        }

        return (int)(Mix(hash) >> 32);
    }

    static ulong Mix(ulong value) => BitOperations.RotateLeft(value * 0x9E3779B97F4A7C15, 31) * 0xBF58476D1CE4E5B9;
}
