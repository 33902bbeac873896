using System.Text.Json.Serialization;

namespace Assay.Data;

/// <summary>What one-hot encoding does with a value that the training rows do not hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownCategory>))]
public enum UnknownCategory
{
    /// <summary>All features are 0.</summary>
    Ignore,

    /// <summary>It counts as rare; all features are 0 where no training value was rare. scikit-learn's infrequent_if_exist.</summary>
    Rare,

    /// <summary>The row is refused.</summary>
    Error,
}
