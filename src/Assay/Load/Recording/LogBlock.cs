using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay.Load.Recording;

/// <summary>The frame of a block: what it is, how long, and its checksum, so that a log that broke off can be read up to there.</summary>
static class LogBlock
{
    public const byte Facts = 1;
    public const byte Exchanges = 2;
    public const byte End = 3;

    /// <summary>Kind, length, checksum.</summary>
    public const int HeadLength = 1 + 4 + 4;

    /// <summary>How a file begins; the last byte is the version of the format.</summary>
    public static ReadOnlySpan<byte> Magic => "ASSAYLOG\u0001"u8;

    public static void Write(Stream stream, byte kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        head[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[5..], Checksum(kind, content));
        stream.Write(head);
        stream.Write(content);

        // What was given to the system survives the end of this process.
        stream.Flush();
    }

    /// <summary>The next block; null where the file ends or what follows is not whole.</summary>
    public static (byte Kind, byte[] Content)? Read(Stream stream)
    {
        var head = new byte[HeadLength];
        if (stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) < HeadLength)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        if (length < 0 || length > stream.Length - stream.Position)
        {
            return null;
        }

        var content = new byte[length];
        stream.ReadExactly(content);
        return Checksum(head[0], content) == BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(5)) ? (head[0], content) : null;
    }

    // CRC-32C (Castagnoli), for which processors have an instruction; of the kind and the content.
    static uint Checksum(byte kind, ReadOnlySpan<byte> content)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, kind);
        var words = MemoryMarshal.Cast<byte, ulong>(content);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var last in content[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return ~crc;
    }
}
