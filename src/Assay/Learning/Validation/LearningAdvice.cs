namespace Assay.Learning.Validation;

/// <summary>What a learning curve advises.</summary>
public enum LearningAdvice
{
    /// <summary>Doubling the rows gains at least what is worth having, and the interval of the gain is above 0.</summary>
    MoreRows,

    /// <summary>The whole interval of the gain lies below what is worth having: another model or better features are needed.</summary>
    BetterModel,

    /// <summary>Neither can be said.</summary>
    Undecided,
}
