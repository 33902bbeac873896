using System.Text;

namespace Assay.Load.Recording;

/// <summary>Reads what <see cref="LogBuffer"/> wrote.</summary>
/// <remarks>Ends before their time throw <see cref="FormatException"/>.</remarks>
ref struct LogCursor(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("a number has more than ten bytes");
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int() => checked((int)Signed());

    public TimeSpan Time() => TimeSpan.FromTicks(Signed());

    public string Text() => Encoding.UTF8.GetString(Take(checked((int)Unsigned())));

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length)
        {
            throw new FormatException("a block ends within a value");
        }

        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}
