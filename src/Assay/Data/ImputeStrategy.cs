namespace Assay.Data;

/// <summary>What fills a missing cell.</summary>
public enum ImputeStrategy
{
    /// <summary>The mean; numeric columns only.</summary>
    Mean,

    /// <summary>The median, of an even count the mean of the two in the middle; numeric columns only.</summary>
    Median,

    /// <summary>The value that occurs most often, of several the smallest.</summary>
    MostFrequent,

    /// <summary>A value that is given.</summary>
    Constant,
}
