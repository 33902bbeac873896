using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>The learning rate step by step, as Keras' schedules; steps are updates, so an epoch has rows / batch_size of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ExponentialDecay), "exponential_decay")]
[JsonDerivedType(typeof(CosineDecay), "cosine_decay")]
[JsonDerivedType(typeof(LinearWarmup), "linear_warmup")]
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The rate of a step.</summary>
    /// <param name="initial">The optimiser's learning rate.</param>
    /// <param name="step">From 0.</param>
    public abstract double RateAt(double initial, long step);

    internal abstract IEnumerable<string> Problems(double initial);

    private protected static string? StepsProblem(string name, int steps) =>
        steps > 0 ? null : $"{name} is {steps}. It must be at least 1. Give the number of updates.";

    private protected static string? RateProblem(string name, double value) => double.IsFinite(value) && value >= 0
        ? null
        : FormattableString.Invariant($"{name} is {value}. It must be 0 or more. Give such a number.");
}

/// <summary><c>initial * decay_rate ^ (step / decay_steps)</c>.</summary>
/// <param name="DecaySteps">At least 1.</param>
/// <param name="DecayRate">Above 0.</param>
/// <param name="Staircase">Takes the whole part of the exponent: the rate falls at once every decay_steps.</param>
public sealed record ExponentialDecay(int DecaySteps, double DecayRate, bool Staircase = false) : Schedule
{
    /// <inheritdoc/>
    public override double RateAt(double initial, long step)
    {
        var power = (double)step / DecaySteps;
        return initial * Math.Pow(DecayRate, Staircase ? Math.Floor(power) : power);
    }

    internal override IEnumerable<string> Problems(double initial) => new[] { StepsProblem("decay_steps", DecaySteps), RateProblem("decay_rate", DecayRate) }.OfType<string>();
}

/// <summary>
/// <c>peak * ((1 - alpha) (1 + cos(pi * step / decay_steps)) / 2 + alpha)</c>, constant after decay_steps. With a warm-up target the rate first
/// climbs in a line from the initial one to the target, which is then the peak; without one the initial rate is, and warm-up steps are not looked at.
/// </summary>
/// <param name="DecaySteps">At least 1, after the warm-up.</param>
/// <param name="Alpha">Share of the peak that stays.</param>
/// <param name="WarmupTarget">Null: no warm-up.</param>
/// <param name="WarmupSteps">0 or more.</param>
public sealed record CosineDecay(int DecaySteps, double Alpha = 0, double? WarmupTarget = null, int WarmupSteps = 0) : Schedule
{
    /// <inheritdoc/>
    public override double RateAt(double initial, long step)
    {
        if (WarmupTarget is { } target && step < WarmupSteps)
        {
            return ((target - initial) * step / WarmupSteps) + initial;
        }

        var past = Math.Min(step - (WarmupTarget is null ? 0 : WarmupSteps), DecaySteps);
        return (WarmupTarget ?? initial) * (((1 - Alpha) * 0.5 * (1 + Math.Cos(Math.PI * past / DecaySteps))) + Alpha);
    }

    internal override IEnumerable<string> Problems(double initial) => new[]
    {
        StepsProblem("decay_steps", DecaySteps), RateProblem("alpha", Alpha), RateProblem("warmup_target", WarmupTarget ?? 0),
        WarmupSteps >= 0 ? null : $"warmup_steps is {WarmupSteps}. It must be 0 or more. Leave it out for no warm-up.",
    }.OfType<string>();
}

/// <summary><c>initial * (step + 1) / warmup_steps</c> for the first steps, then the initial rate.</summary>
/// <param name="WarmupSteps">At least 1.</param>
public sealed record LinearWarmup(int WarmupSteps) : Schedule
{
    /// <inheritdoc/>
    public override double RateAt(double initial, long step) => initial * Math.Min(1, (step + 1.0) / WarmupSteps);

    internal override IEnumerable<string> Problems(double initial) => new[] { StepsProblem("warmup_steps", WarmupSteps) }.OfType<string>();
}
