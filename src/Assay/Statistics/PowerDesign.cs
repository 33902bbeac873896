namespace Assay.Statistics;

/// <summary>A planned comparison of two models on the same questions.</summary>
public sealed record PowerDesign
{
    /// <summary>The probability of finding a difference where there is none, two-sided.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The probability of finding the difference that there is.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>
    /// ω²: the variance over questions of the difference of the two models' expected scores. 1/9 is what Miller 2024 takes as an example.
    /// Not used with <see cref="Discordant"/>.
    /// </summary>
    public double Variance { get; init; } = 1.0 / 9;

    /// <summary>σ²: the variance of one model's score when it answers the same question again; 0 for scores that do not vary.</summary>
    public double Noise { get; init; }

    /// <summary>K: how often each model answers each question; the mean counts.</summary>
    public int SamplesPerQuestion { get; init; } = 1;

    /// <summary>The share of questions that exactly one of the models has right, for right-or-wrong scores judged by McNemar's test; null for means.</summary>
    public double? Discordant { get; init; }

    /// <summary>How many clusters the questions come in; null when they are independent.</summary>
    public int? Clusters { get; init; }

    /// <summary>ρ in [0, 1]: how alike the differences within a cluster are; 0 not at all.</summary>
    public double IntraclassCorrelation { get; init; }

    /// <summary>The formula's name in docs/statistics.md.</summary>
    public string Formula => (Discordant is null ? "miller-paired" : "connor-mcnemar") + (Clusters is null ? "" : "/clustered");
}
