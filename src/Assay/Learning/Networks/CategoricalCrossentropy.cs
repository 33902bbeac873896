using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary><c>-sum y_c ln p_c</c> over the classes. Targets are a class's index per row, or a share per class and row.</summary>
/// <param name="FromLogits">The last layer is linear and <c>p</c> its softmax; else it is softmax.</param>
/// <param name="LabelSmoothing">Takes <c>y (1 - s) + s / classes</c> for y.</param>
public sealed record CategoricalCrossentropy(bool FromLogits = false, double LabelSmoothing = 0) : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "categorical_crossentropy";

    internal override LossFamily Family => LossFamily.Categorical;

    internal override bool OfLogits => FromLogits;

    internal override double Evaluate(in LossBatch batch) => Smoothed(batch, LabelSmoothing);

    internal override IEnumerable<string> Problems() => SmoothingProblems(LabelSmoothing);

    internal static double Smoothed(in LossBatch batch, double smoothing)
    {
        var (sum, floor) = (0.0, smoothing / batch.Units);
        for (var row = 0; row < batch.Rows; row++)
        {
            var gradient = batch.Gradient(row);
            var logits = batch.Row(row);
            logits.CopyTo(gradient);
            var logSum = Activations.Softmax(gradient);
            var (loss, total, scale) = (0.0, 0.0, batch.Weight(row) / batch.Rows);
            for (var unit = 0; unit < gradient.Length; unit++)
            {
                var y = (batch.Target(row, unit) * (1 - smoothing)) + floor;
                loss += y == 0 ? 0 : y * (logSum - logits[unit]);
                total += y;
            }

            for (var unit = 0; unit < gradient.Length; unit++)
            {
                var y = (batch.Target(row, unit) * (1 - smoothing)) + floor;
                gradient[unit] = (float)(((gradient[unit] * total) - y) * scale);
            }

            sum += batch.Weight(row) * loss;
        }

        return sum;
    }
}

/// <summary>The same as <see cref="CategoricalCrossentropy"/> without smoothing; targets are a class's index per row.</summary>
/// <param name="FromLogits">The last layer is linear; else it is softmax.</param>
public sealed record SparseCategoricalCrossentropy(bool FromLogits = false) : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "sparse_categorical_crossentropy";

    internal override LossFamily Family => LossFamily.Categorical;

    internal override bool OfLogits => FromLogits;

    internal override double Evaluate(in LossBatch batch) => Networks.CategoricalCrossentropy.Smoothed(batch, 0);
}

/// <summary><c>-sum alpha y_c (1 - p_c)^gamma ln p_c</c> over the classes (Lin et al., "Focal loss", 2018; Keras' CategoricalFocalCrossentropy).</summary>
/// <param name="Gamma">0 is alpha times plain cross-entropy.</param>
/// <param name="Alpha">Weight of every class.</param>
/// <param name="FromLogits">The last layer is linear; else it is softmax.</param>
/// <param name="LabelSmoothing">Takes <c>y (1 - s) + s / classes</c> for y.</param>
public sealed record CategoricalFocalCrossentropy(double Gamma = 2, double Alpha = 0.25, bool FromLogits = false, double LabelSmoothing = 0) : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "categorical_focal_crossentropy";

    internal override LossFamily Family => LossFamily.Categorical;

    internal override bool OfLogits => FromLogits;

    internal override double Evaluate(in LossBatch batch)
    {
        var sum = 0.0;
        for (var row = 0; row < batch.Rows; row++)
        {
            sum += batch.Weight(row) * Row(batch, row, batch.Weight(row) / batch.Rows);
        }

        return sum;
    }

    internal override IEnumerable<string> Problems() =>
        SmoothingProblems(LabelSmoothing).Concat(Gamma == 0 ? [] : AboveZero("gamma", Gamma)).Concat(AboveZero("alpha", Alpha));

    // With h_c = p_c dL/dp_c the gradient by the logits is h_c - p_c sum h. The gradient holds the probabilities until then.
    double Row(in LossBatch batch, int row, double scale)
    {
        var gradient = batch.Gradient(row);
        var logits = batch.Row(row);
        logits.CopyTo(gradient);
        var logSum = Activations.Softmax(gradient);
        var (loss, total) = (0.0, 0.0);
        for (var unit = 0; unit < logits.Length; unit++)
        {
            var y = Smooth(batch.Target(row, unit), batch.Units);
            var log = logits[unit] - logSum;
            loss -= y == 0 ? 0 : Alpha * y * Math.Pow(Math.Max(1.0 - gradient[unit], 0), Gamma) * log;
            total += Pull(y, gradient[unit], log);
        }

        for (var unit = 0; unit < logits.Length; unit++)
        {
            var pull = Pull(Smooth(batch.Target(row, unit), batch.Units), gradient[unit], logits[unit] - logSum);
            gradient[unit] = (float)((pull - (gradient[unit] * total)) * scale);
        }

        return loss;
    }

    double Smooth(double target, int units) => (target * (1 - LabelSmoothing)) + (LabelSmoothing / units);

    double Pull(double y, double p, double log)
    {
        var wrong = Math.Max(1 - p, 0);
        var steep = Gamma == 0 || wrong == 0 ? 0 : Gamma * p * Math.Pow(wrong, Gamma - 1) * log;
        return Alpha * y * (steep - Math.Pow(wrong, Gamma));
    }
}
