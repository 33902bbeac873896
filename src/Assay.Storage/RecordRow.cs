using System.Numerics;
using System.Runtime.InteropServices;
using Assay.Results;

namespace Assay.Storage;

/// <summary>What the store holds of a record: its key, and all of it as JSON.</summary>
readonly record struct RecordRow(PartKey Part, string Id, int Repeat, double? Cost, byte[] Json)
{
    // What failed attempts took is of the sample's cost, as in the totals of a report.
    public static RecordRow Of(Record record) => new(
        new PartKey(record.Stage, record.Task ?? "", record.Model, record.Filter ?? ""), record.Id, record.Repeat ?? 0,
        record.Cost is null ? null : record.Spent?.CostUsd ?? record.Cost, RecordJson.SerializeToUtf8(record));

    /// <summary>CRC-32C (RFC 3720).</summary>
    public static uint Checksum(ReadOnlySpan<byte> text)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(text);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in text[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}

/// <summary>What many records of a run share.</summary>
readonly record struct PartKey(string Stage, string Task, string Model, string Filter);
