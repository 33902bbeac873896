namespace Assay.Learning.Networks;

/// <summary>One pass over the training rows, with Keras' bookkeeping.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Loss">
/// Mean over the rows of the losses taken before each batch's update, regularisation added: not the loss of the weights at the epoch's end.
/// </param>
/// <param name="Accuracy">As of <see cref="Scores"/>, taken at the same moments; null for numbers.</param>
/// <param name="ValidationLoss">Of the weights at the epoch's end, null without validation rows.</param>
/// <param name="ValidationAccuracy">Likewise; null for numbers.</param>
public sealed record Epoch(int Number, double Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy)
{
    /// <summary>As the accuracy, for numbers; null for classes.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>As the accuracy, for numbers; null for classes.</summary>
    public double? MeanSquaredError { get; init; }

    /// <summary>As the validation accuracy, for numbers; null for classes.</summary>
    public double? ValidationMeanAbsoluteError { get; init; }

    /// <summary>As the validation accuracy, for numbers; null for classes.</summary>
    public double? ValidationMeanSquaredError { get; init; }

    /// <summary>Of the epoch's last step; 0 for models without one.</summary>
    public double LearningRate { get; init; }

    // Keras' names of what an epoch can be judged by.
    internal static IReadOnlyList<string> Monitors { get; } =
        ["loss", "accuracy", "mean_absolute_error", "mean_squared_error", "val_loss", "val_accuracy", "val_mean_absolute_error", "val_mean_squared_error"];

    internal double? Monitored(string name) => name switch
    {
        "loss" => Loss,
        "accuracy" => Accuracy,
        "mean_absolute_error" => MeanAbsoluteError,
        "mean_squared_error" => MeanSquaredError,
        "val_loss" => ValidationLoss,
        "val_accuracy" => ValidationAccuracy,
        "val_mean_absolute_error" => ValidationMeanAbsoluteError,
        "val_mean_squared_error" => ValidationMeanSquaredError,
        _ => null,
    };

    internal static Epoch Of(int number, Scores training, Scores? validation, double rate) => new(number, training.Loss, training.Accuracy, validation?.Loss, validation?.Accuracy)
    {
        MeanAbsoluteError = training.MeanAbsoluteError,
        MeanSquaredError = training.MeanSquaredError,
        ValidationMeanAbsoluteError = validation?.MeanAbsoluteError,
        ValidationMeanSquaredError = validation?.MeanSquaredError,
        LearningRate = rate,
    };
}
