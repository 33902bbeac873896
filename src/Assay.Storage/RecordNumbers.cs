namespace Assay.Storage;

/// <summary>A record's number tells its run, and its place in it from 1: a run is one stretch of the table.</summary>
static class RecordNumbers
{
    const int PlaceBits = 32;

    /// <summary>The number before a run's first.</summary>
    public static long Before(long run) => run << PlaceBits;

    /// <summary>The greatest a run can have.</summary>
    public static long Last(long run) => ((run + 1) << PlaceBits) - 1;
}
