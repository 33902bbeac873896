using System.Globalization;
using Assay.Load;
using Assay.Running;

namespace Assay.Cli;

/// <summary>Arrivals as they are written on the command line. Null for what is none.</summary>
static class ArrivalForms
{
    /// <summary>poisson, constant, gamma:SHAPE.</summary>
    public static ArrivalOptions? AtRate(string form, double rate) => form.Split(':') switch
    {
        ["poisson"] => new PoissonArrivals(rate),
        ["constant"] => new ConstantArrivals(rate),
        ["gamma", var shape] when Number(shape) is { } number => new GammaArrivals(rate, number),
        _ => null,
    };

    /// <summary>ramp:FROM-TO:TIME, steps:RATExTIME,...</summary>
    public static ArrivalOptions? Whole(string form)
    {
        if (form.Split(':') is ["ramp", var rates, var over])
        {
            return rates.Split('-') is [var from, var to] && Number(from) is { } first && Number(to) is { } last && Durations.TryParse(over, out var time)
                ? new RampArrivals(first, last, time)
                : null;
        }

        RateStep?[] steps = [.. form["steps:".Length..].Split(',').Select(Step)];
        return steps.Contains(null) ? null : new StepArrivals([.. steps.Select(step => step!.Value)]);
    }

    static RateStep? Step(string text) =>
        text.Split('x') is [var rate, var time] && Number(rate) is { } number && Durations.TryParse(time, out var duration) ? new RateStep(number, duration) : null;

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
