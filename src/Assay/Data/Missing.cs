using System.Numerics;

namespace Assay.Data;

/// <summary>Counts cells without a value, many at a time.</summary>
static class Missing
{
    public static int Count(ReadOnlySpan<double> values)
    {
        var lanes = Vector<long>.Zero;
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var part = new Vector<double>(values[i..]);
            lanes += Vector.Equals(part, part); // -1 where it is a number
        }

        var present = (int)-Vector.Sum(lanes);
        for (; i < values.Length; i++)
        {
            present += double.IsNaN(values[i]) ? 0 : 1;
        }

        return values.Length - present;
    }

    /// <summary>Sets what is NaN. Few are: a vector without any is passed over.</summary>
    public static void Mark(ReadOnlySpan<double> values, Span<bool> rows)
    {
        for (var i = 0; i < values.Length;)
        {
            if (i <= values.Length - Vector<double>.Count && new Vector<double>(values[i..]) is var part && Vector.EqualsAll(part, part))
            {
                i += Vector<double>.Count;
                continue;
            }

            var end = Math.Min(values.Length, i + Vector<double>.Count);
            for (; i < end; i++)
            {
                rows[i] |= double.IsNaN(values[i]);
            }
        }
    }

    public static int Count(ReadOnlySpan<float> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            count += float.IsNaN(value) ? 1 : 0;
        }

        return count;
    }
}
