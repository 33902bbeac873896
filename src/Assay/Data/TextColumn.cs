using System.Text;

namespace Assay.Data;

/// <summary>Free text, kept as UTF-8 in one pool; at most 2 GiB of it.</summary>
public sealed class TextColumn : Column
{
    readonly byte[] _pool;
    readonly int[] _starts;
    readonly int[] _lengths;

    /// <summary>Takes the arrays as they are.</summary>
    /// <param name="name">Column name.</param>
    /// <param name="pool">Valid UTF-8.</param>
    /// <param name="starts">Where each row's text begins in the pool.</param>
    /// <param name="lengths">Bytes of each row's text; -1 where missing.</param>
    internal TextColumn(string name, byte[] pool, int[] starts, int[] lengths) : base(name, ColumnKind.Text)
    {
        (_pool, _starts, _lengths) = (pool, starts, lengths);
    }

    /// <inheritdoc/>
    public override int Length => _lengths.Length;

    /// <inheritdoc/>
    public override int MissingCount => _lengths.AsSpan().Count(-1);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _lengths[row] < 0;

    /// <summary>The text without decoding it; empty where it is missing.</summary>
    public ReadOnlySpan<byte> Utf8(int row) => _lengths[row] <= 0 ? [] : _pool.AsSpan(_starts[row], _lengths[row]);

    /// <inheritdoc/>
    public override string? Text(int row) => IsMissing(row) ? null : Encoding.UTF8.GetString(Utf8(row));

    /// <summary>Shares the pool.</summary>
    public override TextColumn Select(ReadOnlySpan<int> rows) => new(Name, _pool, Picked.From(_starts, rows), Picked.From(_lengths, rows)) { Reason = Reason };

    /// <summary>A column of the texts; null is missing.</summary>
    public static TextColumn FromTexts(string name, IReadOnlyList<string?> texts)
    {
        var pool = new byte[texts.Sum(text => text is null ? 0 : Encoding.UTF8.GetByteCount(text))];
        var (starts, lengths) = (new int[texts.Count], new int[texts.Count]);
        var end = 0;
        for (var row = 0; row < texts.Count; row++)
        {
            starts[row] = end;
            lengths[row] = texts[row] is { } text ? Encoding.UTF8.GetBytes(text, pool.AsSpan(end)) : -1;
            end += Math.Max(lengths[row], 0);
        }

        return new TextColumn(name, pool, starts, lengths);
    }
}
