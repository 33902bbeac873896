using System.Buffers;
using Assay.Results;

namespace Assay.Storage;

/// <summary>The JSON of some successive records, as it was read, not yet parsed. Of one thread at a time.</summary>
sealed class RecordPage : IDisposable
{
    /// <summary>Enough that opening a connection for each page does not count, and few enough for several to be in memory.</summary>
    public const int MostRecords = 2048;

    const int FullBytes = 1 << 20;
    readonly List<(long Number, int End, uint? Checksum)> _rows = [];
    byte[] _bytes = ArrayPool<byte>.Shared.Rent(FullBytes);
    int _length;

    public int Count => _rows.Count;

    public bool IsFull => _length >= FullBytes || _rows.Count == MostRecords;

    /// <summary>Number of its last record.</summary>
    public long Last => _rows[^1].Number;

    public void Add(long number, long? checksum, ReadOnlySpan<byte> json)
    {
        if (_bytes.Length - _length < json.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + json.Length));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        json.CopyTo(_bytes.AsSpan(_length));
        _length += json.Length;
        _rows.Add((number, _length, (uint?)checksum));
    }

    /// <summary>The records; in place of one that is damaged a sentence that says so.</summary>
    public (Record? Record, string? Damage)[] Parse(bool withTexts)
    {
        var parsed = new (Record?, string?)[_rows.Count];
        var start = 0;
        for (var i = 0; i < parsed.Length; i++)
        {
            parsed[i] = Parse(_bytes.AsSpan(start, _rows[i].End - start), _rows[i], withTexts);
            start = _rows[i].End;
        }

        return parsed;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    static (Record?, string?) Parse(ReadOnlySpan<byte> json, (long Number, int End, uint? Checksum) row, bool withTexts)
    {
        if (row.Checksum is { } checksum && checksum != RecordRow.Checksum(json))
        {
            return (null, $"record {(uint)row.Number} differs from what was written: its checksum is another");
        }

        try
        {
            return (withTexts ? RecordJson.Parse(json) : RecordJson.ParseWithoutTexts(json), null);
        }
        catch (UserErrorException e)
        {
            return (null, $"record {(uint)row.Number}: {e.Message}");
        }
    }
}
