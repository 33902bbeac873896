using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary><c>(p - y)^2</c>.</summary>
public sealed record MeanSquaredError : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "mean_squared_error";

    internal override LossFamily Family => LossFamily.Numbers;

    internal override double Evaluate(in LossBatch batch) => batch.OverUnits(default(Square));

    readonly struct Square : IUnitLoss
    {
        public (double Loss, double Slope) At(double target, double value) => ((value - target) * (value - target), 2 * (value - target));
    }
}

/// <summary><c>|p - y|</c>: learns the median.</summary>
public sealed record MeanAbsoluteError : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "mean_absolute_error";

    internal override LossFamily Family => LossFamily.Numbers;

    internal override double Evaluate(in LossBatch batch) => batch.OverUnits(default(Distance));

    readonly struct Distance : IUnitLoss
    {
        public (double Loss, double Slope) At(double target, double value) => (Math.Abs(value - target), value > target ? 1 : value < target ? -1 : value - target);
    }
}

/// <summary><c>e^2 / 2</c> for errors up to delta, <c>delta |e| - delta^2 / 2</c> beyond.</summary>
/// <param name="Delta">Above 0.</param>
public sealed record Huber(double Delta = 1) : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "huber";

    internal override LossFamily Family => LossFamily.Numbers;

    internal override double Evaluate(in LossBatch batch) => batch.OverUnits(new Bent(Delta));

    internal override IEnumerable<string> Problems() => AboveZero("delta", Delta);

    readonly struct Bent(double delta) : IUnitLoss
    {
        public (double Loss, double Slope) At(double target, double value)
        {
            var error = value - target;
            return Math.Abs(error) <= delta ? (0.5 * error * error, error) : ((delta * Math.Abs(error)) - (0.5 * delta * delta), Math.CopySign(delta, error));
        }
    }
}

/// <summary><c>p - y ln(p + 1e-7)</c> of counts: the last layer must give positive numbers, softplus say.</summary>
public sealed record PoissonLoss : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "poisson";

    internal override LossFamily Family => LossFamily.Numbers;

    internal override double Evaluate(in LossBatch batch) => batch.OverUnits(default(Counts));

    readonly struct Counts : IUnitLoss
    {
        const double Epsilon = 1e-7;

        public (double Loss, double Slope) At(double target, double value) => (value - (target * Math.Log(value + Epsilon)), 1 - (target / (value + Epsilon)));
    }
}

/// <summary><c>max(q (y - p), (q - 1) (y - p))</c>, the pinball loss: learns the quantile q.</summary>
/// <param name="Quantile">Between 0 and 1.</param>
public sealed record QuantileLoss(double Quantile = 0.5) : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "quantile";

    internal override LossFamily Family => LossFamily.Numbers;

    internal override double Evaluate(in LossBatch batch) => batch.OverUnits(new Pinball(Quantile));

    internal override IEnumerable<string> Problems() => Quantile is > 0 and < 1
        ? []
        : [FormattableString.Invariant($"quantile is {Quantile}. It must be above 0 and below 1. Give such a number, 0.9 say.")];

    readonly struct Pinball(double quantile) : IUnitLoss
    {
        public (double Loss, double Slope) At(double target, double value)
        {
            var error = target - value;
            return error > 0 ? (quantile * error, -quantile) : ((quantile - 1) * error, error < 0 ? 1 - quantile : -error);
        }
    }
}
