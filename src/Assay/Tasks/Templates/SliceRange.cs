namespace Assay.Tasks.Templates;

/// <summary>Python's <c>slice.indices</c>.</summary>
static class SliceRange
{
    public static IEnumerable<int> Of(long? start, long? stop, long? step, int length)
    {
        var by = step ?? 1;
        if (by == 0)
        {
            throw new TemplateFault("the step of a slice is 0");
        }

        var (low, high) = by > 0 ? (0L, length) : (-1L, length - 1L);
        var from = start is null ? (by > 0 ? low : high) : Clamp(start.Value);
        var to = stop is null ? (by > 0 ? high : low) : Clamp(stop.Value);
        return Walk(from, to, by);

        long Clamp(long bound)
        {
            return Math.Clamp(bound < 0 ? bound + length : bound, low, high);
        }
    }

    static IEnumerable<int> Walk(long from, long to, long by)
    {
        for (var i = from; by > 0 ? i < to : i > to; i += by)
        {
            yield return (int)i;
        }
    }
}
