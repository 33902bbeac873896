using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Assay.Load;
using Assay.Load.Traces;
using Assay.Running;

namespace Assay.Cli;

/// <summary>When requests are made, for how long, and what they are held against.</summary>
static class LoadArguments
{
    static readonly Option<string[]> _concurrency = new("--concurrency") { Description = "closed loop: so many requests, or sessions, at a time; several numbers are a sweep", AllowMultipleArgumentsPerToken = true };
    static readonly Option<string[]> _rate = new("--rate") { Description = "open loop: so many requests, or sessions, per second; several numbers are a sweep", AllowMultipleArgumentsPerToken = true };
    static readonly Option<string> _arrivals = new("--arrivals") { Description = "with --rate: poisson, constant or gamma:SHAPE; alone: ramp:FROM-TO:TIME or steps:RATExTIME,...", DefaultValueFactory = _ => "poisson" };
    static readonly Option<string?> _trace = new("--trace") { Description = "open loop: the times of this file (Azure or BurstGPT CSV, Mooncake or own JSON lines), and prompts like its own" };
    static readonly Option<double> _scale = new("--scale") { Description = "replay the trace so many times as fast", DefaultValueFactory = _ => 1 };
    static readonly Option<string?> _duration = new("--duration") { Description = "make load for this time, such as 60s, besides warm-up and cool-down" };
    static readonly Option<int?> _requests = new("--requests", "--sessions") { Description = "make so many requests, or sessions" };
    static readonly Option<string?> _warmup = new("--warmup") { Description = "make load for this time first, and leave it out of the numbers", DefaultValueFactory = _ => "0s" };
    static readonly Option<string?> _cooldown = new("--cooldown") { Description = "the same at the end", DefaultValueFactory = _ => "0s" };
    static readonly Option<string?> _timeout = new("--timeout") { Description = "of one request, from sending to the whole answer", DefaultValueFactory = _ => "5m" };
    static readonly Option<int> _inFlight = new("--max-in-flight") { Description = "an open loop's request beyond so many on their way is not sent and counts as never sent", DefaultValueFactory = _ => 10_000 };
    static readonly Option<string?> _slo = new("--slo") { Description = "targets, such as ttft_p99=500ms,tpot_p50=20ms,latency_p95=2s: a request that keeps all of them is good" };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[_concurrency, _rate, _arrivals, _trace, _scale, _duration, _requests, _warmup, _cooldown, _timeout, _inFlight, _slo])
        {
            command.Add(option);
        }
    }

    /// <summary>Null when it is not given.</summary>
    public static TimeSpan? Duration(ParseResult arguments) => Durations.TryParse(arguments.GetValue(_duration), out var duration) ? duration : null;

    /// <summary>One for each load of a sweep.</summary>
    public static ImmutableArray<LoadOptions> Options(ParseResult arguments, List<string> problems)
    {
        var options = new LoadOptions
        {
            Arrivals = new ClosedLoop(1),
            Duration = Time(arguments, _duration, problems),
            Requests = arguments.GetValue(_requests),
            Warmup = Time(arguments, _warmup, problems) ?? TimeSpan.Zero,
            Cooldown = Time(arguments, _cooldown, problems) ?? TimeSpan.Zero,
            Timeout = Time(arguments, _timeout, problems) ?? TimeSpan.FromMinutes(5),
            MaxInFlight = arguments.GetValue(_inFlight),
            Slo = Targets(arguments.GetValue(_slo), problems),
        };
        return [.. Arrivals(arguments, problems).DistinctBy(one => one.Description).Select(one => options with { Arrivals = one })];
    }

    static ImmutableArray<ArrivalOptions> Arrivals(ParseResult arguments, List<string> problems)
    {
        var shape = arguments.GetRequiredValue(_arrivals);
        var (workers, rates, trace) = (Numbers(arguments, _concurrency, problems), Numbers(arguments, _rate, problems), arguments.GetValue(_trace));
        var isWhole = shape.StartsWith("ramp:", StringComparison.Ordinal) || shape.StartsWith("steps:", StringComparison.Ordinal);
        if ((workers.Length > 0 ? 1 : 0) + (rates.Length > 0 ? 1 : 0) + (trace is null ? 0 : 1) + (isWhole ? 1 : 0) != 1)
        {
            problems.Add("Expected exactly one of --concurrency N (closed loop), --rate R (open loop), --arrivals ramp:... or steps:..., and --trace FILE.");
            return [];
        }

        if (trace is not null)
        {
            return [new TraceArrivals(Trace.Read(trace), arguments.GetValue(_scale))];
        }

        if (workers.FirstOrDefault(number => number != Math.Floor(number) || number is < 1 or > 100_000) is var wrong and not 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"--concurrency is {wrong}. Expected a whole number from 1 to 100000."));
            return [];
        }

        ArrivalOptions?[] read = workers.Length > 0 ? [.. workers.Select(number => new ClosedLoop((int)number))]
            : isWhole ? [ArrivalForms.Whole(shape)]
            : [.. rates.Select(rate => ArrivalForms.AtRate(shape, rate))];
        if (read.Contains(null))
        {
            problems.Add($"--arrivals is '{shape}'. Expected poisson, constant, gamma:SHAPE (burstier below 1), ramp:FROM-TO:TIME such as ramp:10-200:30s, or steps:RATExTIME,... such as steps:10x30s,50x30s.");
        }

        return [.. read.OfType<ArrivalOptions>()];
    }

    static ImmutableSortedDictionary<string, TimeSpan> Targets(string? text, List<string> problems)
    {
        var targets = ImmutableSortedDictionary.CreateBuilder<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var target in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (target.Split('=') is [var name, var time] && Durations.TryParse(time, out var bound))
            {
                targets[name.Trim().Replace('/', '_')] = bound;
            }
            else
            {
                problems.Add($"--slo has '{target}'. Expected a target such as ttft_p99=500ms.");
            }
        }

        return targets.ToImmutable();
    }

    static double[] Numbers(ParseResult arguments, Option<string[]> option, List<string> problems)
    {
        var numbers = new List<double>();
        foreach (var text in (arguments.GetValue(option) ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number))
            {
                numbers.Add(number);
            }
            else
            {
                problems.Add($"{option.Name} is '{text}'. Expected a number above 0, or several.");
            }
        }

        return [.. numbers];
    }

    static TimeSpan? Time(ParseResult arguments, Option<string?> option, List<string> problems)
    {
        var text = arguments.GetValue(option);
        if (text is null || Durations.TryParse(text, out _))
        {
            return Durations.TryParse(text, out var time) ? time : null;
        }

        problems.Add($"{option.Name} is '{text}'. Expected a time such as 500ms, 60s or 10m.");
        return null;
    }
}
