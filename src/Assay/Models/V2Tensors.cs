using Assay.Learning;

namespace Assay.Models;

/// <summary>Names of the output tensors of a served model.</summary>
public static class V2Tensors
{
    /// <summary>FP32, shape [rows, classes].</summary>
    public const string Probabilities = "probabilities";

    /// <summary>BYTES, shape [rows]: the most probable class.</summary>
    public const string Label = "label";

    /// <summary>FP32, shape [rows, targets]: numbers in the targets' own units.</summary>
    public const string Predictions = "predictions";

    /// <summary>The tensor that holds the whole answer of such a model.</summary>
    public static string Of(TargetKind kind) => kind == TargetKind.Classes ? Probabilities : Predictions;
}
