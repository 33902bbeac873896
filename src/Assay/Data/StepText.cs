namespace Assay.Data;

/// <summary>A step as it is written in a spec, for messages.</summary>
static class StepText
{
    public static string NameOf(PreparationStep step) => step switch
    {
        DropMissing => "drop_missing",
        DropDuplicates => "drop_duplicates",
        Impute => "impute",
        Standardize => "standardize",
        MinMax => "min_max",
        RobustScale => "robust",
        QuantileScale => "quantile",
        LogScale => "log",
        Clip => "clip",
        Ordinal => "ordinal",
        DateParts => "date_parts",
        _ => "one_hot",
    };

    public static string Of(PreparationStep step) => step switch
    {
        Impute { Strategy: ImputeStrategy.MostFrequent } => $"impute most_frequent of {step.Columns}",
        Impute impute => $"impute {impute.Strategy.ToString().ToLowerInvariant()} of {step.Columns}",
        _ => $"{{{NameOf(step)}: {step.Columns}}}",
    };
}
