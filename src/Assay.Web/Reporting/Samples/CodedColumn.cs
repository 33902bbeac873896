using System.Runtime.InteropServices;

namespace Assay.Web.Reporting.Samples;

/// <summary>A label or none for each row, as the place of the label among the different ones; -1 for none.</summary>
sealed class CodedColumn
{
    readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    readonly List<int> _rows = [];

    public List<string> Values { get; } = [];

    public void Set(int row, string value)
    {
        if (!_codes.TryGetValue(value, out var code))
        {
            _codes.Add(value, code = Values.Count);
            Values.Add(value);
        }

        Fill(row);
        _rows.Add(code);
    }

    /// <summary>32-bit little-endian integers.</summary>
    public byte[] Bytes(int rows)
    {
        Fill(rows);
        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_rows)).ToArray();
    }

    void Fill(int rows)
    {
        while (_rows.Count < rows)
        {
            _rows.Add(-1);
        }
    }
}

/// <summary>A number or none (NaN) for each row.</summary>
sealed class NumberColumn
{
    readonly List<double> _rows = [];

    public void Set(int row, double value)
    {
        Fill(row);
        _rows.Add(value);
    }

    /// <summary>64-bit little-endian floating-point numbers.</summary>
    public byte[] Bytes(int rows)
    {
        Fill(rows);
        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_rows)).ToArray();
    }

    void Fill(int rows)
    {
        while (_rows.Count < rows)
        {
            _rows.Add(double.NaN);
        }
    }
}
