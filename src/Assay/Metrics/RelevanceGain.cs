namespace Assay.Metrics;

/// <summary>What an item of some relevance is worth in a discounted cumulative gain.</summary>
public enum RelevanceGain
{
    /// <summary>Its relevance: scikit-learn.</summary>
    Linear,

    /// <summary>2^relevance - 1: LightGBM, ML.NET, most of web search.</summary>
    Exponential,
}
