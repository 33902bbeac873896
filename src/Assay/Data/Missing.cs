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
