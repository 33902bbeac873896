using System.Text;
using Assay.Load.Client;

namespace Assay.Load.Recording;

/// <summary>Writes the numbers of a log: unsigned ones in groups of seven bits, the lowest first (LEB128), signed ones zigzag.</summary>
static class LogBuffer
{
    const int MostBytes = 10;

    public static void Number(this PieceBuffer buffer, ulong value)
    {
        var bytes = buffer.Reserve(MostBytes);
        var count = 0;
        for (; value > 0x7F; value >>= 7)
        {
            bytes[count++] = (byte)(value | 0x80);
        }

        bytes[count++] = (byte)value;
        buffer.Commit(count);
    }

    public static void Number(this PieceBuffer buffer, long value) => buffer.Number((ulong)((value << 1) ^ (value >> 63)));

    public static void Number(this PieceBuffer buffer, int value) => buffer.Number((long)value);

    public static void Time(this PieceBuffer buffer, TimeSpan value) => buffer.Number(value.Ticks);

    public static void Text(this PieceBuffer buffer, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        buffer.Number((ulong)length);
        buffer.Commit(Encoding.UTF8.GetBytes(value, buffer.Reserve(length)));
    }
}
