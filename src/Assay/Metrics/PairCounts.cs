using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Metrics;

/// <summary>
/// Counts pairs of class indices in one pass. Neighbouring rows count into different tables: an increment that waits for the store of
/// the increment before it (the same cell twice in a row) costs five times as much as one that does not.
/// </summary>
static class PairCounts
{
    const int Tables = 4;
    const int MostTableCells = 4096;
    const int NibbleClasses = 16;
    const int NibbleCells = 256;

    /// <summary>Element <c>true * classes + predicted</c>.</summary>
    public static long[] Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        Check(truth.Length, predicted.Length, classes);
        var cells = classes * classes;
        var tables = cells <= MostTableCells ? Tables : 1;
        var counts = new long[cells * tables];
        var table = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            if ((uint)truth[row] >= (uint)classes || (uint)predicted[row] >= (uint)classes)
            {
                throw OutOfRange(row, truth[row], predicted[row], classes);
            }

            counts[table + (truth[row] * classes) + predicted[row]]++;
            table = table + cells == counts.Length ? 0 : table + cells;
        }

        return Folded(counts, cells);
    }

    /// <summary>The same of classes stored as bytes.</summary>
    public static long[] Of(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted, int classes)
    {
        Check(truth.Length, predicted.Length, classes);
        if (classes > NibbleClasses || !InRange(truth, classes) || !InRange(predicted, classes))
        {
            return Of(Widened(truth), Widened(predicted), classes);
        }

        var nibbles = Nibbles(truth, predicted);
        var cells = new long[classes * classes];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = nibbles[(i / classes * NibbleClasses) + (i % classes)];
        }

        return cells;
    }

    /// <summary>The sum of the weights of each pair; the pairs are known to be in range.</summary>
    public static double[] Weigh(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes, ReadOnlySpan<double> weights)
    {
        var sums = new double[classes * classes];
        for (var row = 0; row < truth.Length; row++)
        {
            sums[(truth[row] * classes) + predicted[row]] += weights[row];
        }

        return sums;
    }

    // Eight pairs in a word: the class in the high half of each byte, the predicted one in the low half.
    static long[] Nibbles(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted)
    {
        var counts = new long[NibbleCells * Tables];
        ref var table = ref MemoryMarshal.GetArrayDataReference(counts);
        var words = MemoryMarshal.Cast<byte, ulong>(truth);
        var others = MemoryMarshal.Cast<byte, ulong>(predicted);
        for (var i = 0; i < words.Length; i++)
        {
            var pairs = (words[i] << 4) | others[i];
            Unsafe.Add(ref table, (nuint)(byte)pairs)++;
            Unsafe.Add(ref table, NibbleCells + (nuint)(byte)(pairs >> 8))++;
            Unsafe.Add(ref table, (2 * NibbleCells) + (nuint)(byte)(pairs >> 16))++;
            Unsafe.Add(ref table, (3 * NibbleCells) + (nuint)(byte)(pairs >> 24))++;
            Unsafe.Add(ref table, (nuint)(byte)(pairs >> 32))++;
            Unsafe.Add(ref table, NibbleCells + (nuint)(byte)(pairs >> 40))++;
            Unsafe.Add(ref table, (2 * NibbleCells) + (nuint)(byte)(pairs >> 48))++;
            Unsafe.Add(ref table, (3 * NibbleCells) + (nuint)(pairs >> 56))++;
        }

        for (var row = words.Length * sizeof(ulong); row < truth.Length; row++)
        {
            counts[(truth[row] << 4) | predicted[row]]++;
        }

        return Folded(counts, NibbleCells);
    }

    static bool InRange(ReadOnlySpan<byte> labels, int classes)
    {
        var largest = Vector256<byte>.Zero;
        var vectors = MemoryMarshal.Cast<byte, Vector256<byte>>(labels);
        foreach (var vector in vectors)
        {
            largest = Vector256.Max(largest, vector);
        }

        return Vector256.LessThanAll(largest, Vector256.Create((byte)classes))
            && !labels[(vectors.Length * Vector256<byte>.Count)..].ContainsAnyInRange((byte)classes, byte.MaxValue);
    }

    static long[] Folded(long[] counts, int cells)
    {
        for (var i = cells; i < counts.Length; i++)
        {
            counts[i % cells] += counts[i];
        }

        return counts[..cells];
    }

    static int[] Widened(ReadOnlySpan<byte> labels)
    {
        var wide = new int[labels.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = labels[i];
        }

        return wide;
    }

    static void Check(int truth, int predicted, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted, truth);
    }

    static ArgumentOutOfRangeException OutOfRange(int row, int truth, int predicted, int classes) =>
        new(nameof(truth), $"Row {row} has class {truth} predicted as {predicted}; there are {classes} classes.");
}
