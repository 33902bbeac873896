using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>
/// <c>-y ln p - (1 - y) ln(1 - p)</c>, of one sigmoid unit for two classes or of several, each of them yes or no.
/// </summary>
/// <param name="FromLogits">The last layer is linear and <c>p</c> its sigmoid; else it is sigmoid.</param>
/// <param name="LabelSmoothing">Takes <c>y (1 - s) + s / 2</c> for y.</param>
public sealed record BinaryCrossentropy(bool FromLogits = false, double LabelSmoothing = 0) : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "binary_crossentropy";

    internal override LossFamily Family => LossFamily.Binary;

    internal override bool OfLogits => FromLogits;

    internal override double Evaluate(in LossBatch batch) => batch.OverUnits(new OfLogit(LabelSmoothing));

    internal override IEnumerable<string> Problems() => SmoothingProblems(LabelSmoothing);

    readonly struct OfLogit(double smoothing) : IUnitLoss
    {
        // max(z, 0) - z y + ln(1 + exp(-|z|)): no exponential of a positive number.
        public (double Loss, double Slope) At(double target, double value)
        {
            var y = (target * (1 - smoothing)) + (0.5 * smoothing);
            var e = Math.Exp(-Math.Abs(value));
            var p = (value < 0 ? e : 1) / (1 + e);
            return (Math.Max(value, 0) - (value * y) + Math.Log(1 + e), p - y);
        }
    }
}

/// <summary>
/// <c>(1 - p_t)^gamma</c> times the binary cross-entropy, <c>p_t</c> the probability of the right class (Lin et al., "Focal loss", 2018).
/// </summary>
/// <param name="Gamma">0 is plain cross-entropy.</param>
/// <param name="Alpha">With balancing: weight of the second class, the first has <c>1 - alpha</c>.</param>
/// <param name="ApplyClassBalancing">Whether alpha is used.</param>
/// <param name="FromLogits">The last layer is linear; else it is sigmoid.</param>
/// <param name="LabelSmoothing">Takes <c>y (1 - s) + s / 2</c> for y.</param>
public sealed record BinaryFocalCrossentropy(
    double Gamma = 2, double Alpha = 0.25, bool ApplyClassBalancing = false, bool FromLogits = false, double LabelSmoothing = 0) : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "binary_focal_crossentropy";

    internal override LossFamily Family => LossFamily.Binary;

    internal override bool OfLogits => FromLogits;

    internal override double Evaluate(in LossBatch batch) => batch.OverUnits(new OfLogit(Gamma, ApplyClassBalancing ? Alpha : null, LabelSmoothing));

    internal override IEnumerable<string> Problems() =>
        SmoothingProblems(LabelSmoothing).Concat(Gamma == 0 ? [] : AboveZero("gamma", Gamma)).Concat(AboveZero("alpha", Alpha));

    readonly struct OfLogit(double gamma, double? alpha, double smoothing) : IUnitLoss
    {
        public (double Loss, double Slope) At(double target, double value)
        {
            var y = (target * (1 - smoothing)) + (0.5 * smoothing);
            var e = Math.Exp(-Math.Abs(value));
            var p = (value < 0 ? e : 1) / (1 + e);
            var entropy = Math.Max(value, 0) - (value * y) + Math.Log(1 + e);
            var wrong = 1 - (y * p) - ((1 - y) * (1 - p));
            var balance = alpha is { } a ? (y * a) + ((1 - y) * (1 - a)) : 1;
            var steep = gamma == 0 || wrong <= 0 ? 0 : gamma * Math.Pow(wrong, gamma - 1) * (1 - (2 * y)) * p * (1 - p);
            var factor = Math.Pow(Math.Max(wrong, 0), gamma);
            return (balance * factor * entropy, balance * ((steep * entropy) + (factor * (p - y))));
        }
    }
}
