namespace Assay.Metrics;

/// <summary>How much a disagreement of two raters weighs in Cohen's kappa.</summary>
public enum KappaWeights
{
    /// <summary>1, whatever the classes: classes without an order.</summary>
    None,

    /// <summary>The distance of the classes in their order.</summary>
    Linear,

    /// <summary>The square of the distance.</summary>
    Quadratic,
}
