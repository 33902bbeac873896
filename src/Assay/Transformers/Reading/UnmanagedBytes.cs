using System.Buffers;

namespace Assay.Transformers.Reading;

// Bytes at a fixed address as a Memory<byte>, which the JSON reader of System.Text.Json asks for.
sealed unsafe class UnmanagedBytes(byte* address, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(address, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(address + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
