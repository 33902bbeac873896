namespace Assay.Learning.Networks;

/// <summary>What training makes small: the mean over the rows of the negative log-probability of the right class.</summary>
public enum Loss
{
    /// <summary>Two classes, one sigmoid unit that gives the probability of the second class.</summary>
    BinaryCrossentropy,

    /// <summary>One softmax unit per class.</summary>
    CategoricalCrossentropy,
}
