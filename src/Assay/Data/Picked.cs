namespace Assay.Data;

/// <summary>The values of chosen rows.</summary>
static class Picked
{
    public static T[] From<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var picked = GC.AllocateUninitializedArray<T>(rows.Length);
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}
