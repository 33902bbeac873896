using System.Collections.Immutable;
using Assay.Load;
using Assay.Load.Traces;

namespace Assay.Running;

public sealed partial class SpecReader
{
    const double MostPerSecond = 1e6;

    static readonly string[] _serviceKeys =
        ["model", "api_key_env", "prompt", "prompts", "bodies", "input_tokens", "output_tokens", "prefixes", "prefix_tokens", "ignore_eos", "stream", "turns", "think"];

    ImmutableArray<LoadProfile> ReadLoads(SpecNode node)
    {
        var loads = node.Items().Select(ReadLoad).OfType<LoadProfile>().ToImmutableArray();
        foreach (var twice in loads.GroupBy(load => load.Name).Where(group => group.Count() > 1))
        {
            node.Problem($"two load profiles are called '{twice.Key}'. Give each its own 'name'.");
        }

        return loads;
    }

    LoadProfile? ReadLoad(SpecNode node)
    {
        var map = node.Map(["name", "protocol", "max_tokens", "arrivals", "concurrency", "duration", "requests", "warmup", "cooldown", "timeout", "slo", "log", "url", .. _serviceKeys]);
        var arrivals = ReadArrivals(node, map);
        if (!map.ContainsKey("duration") && !map.ContainsKey("requests") && arrivals?.Length is null)
        {
            node.Problem($"'{node.Path}' has no end. Add 'duration: 10s' or 'requests: 1000'.");
        }

        if (!map.ContainsKey("url") && _serviceKeys.FirstOrDefault(map.ContainsKey) is { } lone)
        {
            map[lone].Problem($"'{map[lone].Path}' is of a load on a service from outside. Add 'url: http://127.0.0.1:8000/v1', or take it out.");
        }

        if (arrivals is null)
        {
            return null;
        }

        var options = new LoadOptions
        {
            Arrivals = arrivals,
            Duration = map.GetValueOrDefault("duration")?.Duration(),
            Requests = Whole(map, "requests"),
            Slo = map.TryGetValue("slo", out var slo) ? ReadSlo(slo) : ImmutableSortedDictionary<string, TimeSpan>.Empty,
            Log = map.GetValueOrDefault("log")?.Text(),
        };
        options = options with
        {
            Timeout = map.GetValueOrDefault("timeout")?.Duration() ?? options.Timeout,
            Warmup = map.GetValueOrDefault("warmup")?.Duration() ?? options.Warmup,
            Cooldown = map.GetValueOrDefault("cooldown")?.Duration() ?? options.Cooldown,
        };
        var profile = new LoadProfile(map.GetValueOrDefault("name")?.Text() ?? arrivals.Description, options);
        return profile with
        {
            Protocol = ReadProtocol(map),
            MaxTokens = Whole(map, "max_tokens") ?? profile.MaxTokens,
            Service = map.TryGetValue("url", out var url) ? ReadService(url, map) : null,
        };
    }

    static LoadProtocol ReadProtocol(IReadOnlyDictionary<string, SpecNode> map) =>
        map.GetValueOrDefault("protocol")?.Choice("v2", "chat", "completions", "responses", "embeddings", "http") is ({ } name, null)
            ? Enum.Parse<LoadProtocol>(name, ignoreCase: true)
            : map.ContainsKey("url") ? LoadProtocol.Chat : LoadProtocol.V2;

    ArrivalOptions? ReadArrivals(SpecNode node, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (map.ContainsKey("concurrency") == map.ContainsKey("arrivals"))
        {
            node.Problem($"'{node.Path}' must have one of 'arrivals: {{poisson: 200}}' (open loop) and 'concurrency: 4' (closed loop).");
            return null;
        }

        if (map.TryGetValue("concurrency", out var concurrency))
        {
            return concurrency.Whole(1, 10_000) is { } count ? new ClosedLoop(count) : null;
        }

        return map["arrivals"].Choice("poisson", "constant", "gamma", "ramp", "steps", "trace") switch
        {
            ("poisson", { } rate) when Rate(rate) is { } perSecond => new PoissonArrivals(perSecond),
            ("constant", { } rate) when Rate(rate) is { } perSecond => new ConstantArrivals(perSecond),
            ("gamma", { } gamma) => ReadGamma(gamma),
            ("ramp", { } ramp) => ReadRamp(ramp),
            ("steps", { } steps) => ReadSteps(steps),
            ("trace", { } trace) => ReadTrace(trace),
            (var name, null) => NoRate(map["arrivals"], name),
            _ => null,
        };
    }

    static GammaArrivals? ReadGamma(SpecNode node)
    {
        var map = node.Map("rate", "shape");
        return Needed(node, map, "rate", "shape") && Rate(map["rate"]) is { } rate && map["shape"].Number(0.001, 1000) is { } shape ? new GammaArrivals(rate, shape) : null;
    }

    static RampArrivals? ReadRamp(SpecNode node)
    {
        var map = node.Map("from", "to", "over");
        return Needed(node, map, "from", "to", "over")
            && map["from"].Number(0, MostPerSecond) is { } from && map["to"].Number(0, MostPerSecond) is { } to && map["over"].Duration() is { } over
            ? new RampArrivals(from, to, over)
            : null;
    }

    static StepArrivals? ReadSteps(SpecNode node)
    {
        var steps = node.Items().Select(item =>
        {
            var map = item.Map("rate", "duration");
            return Needed(item, map, "rate", "duration") && map["rate"].Number(0, MostPerSecond) is { } rate && map["duration"].Duration() is { } duration
                ? new RateStep(rate, duration)
                : default(RateStep?);
        }).ToArray();
        return steps.Contains(null) ? null : new StepArrivals([.. steps.Select(step => step!.Value)]);
    }

    TraceArrivals? ReadTrace(SpecNode node)
    {
        var map = node.IsScalar ? new Dictionary<string, SpecNode> { ["path"] = node } : node.Map("path", "scale");
        if (!Needed(node, map, "path") || map["path"].Text() is not { } path || FindFile(map["path"], path) is not { } full)
        {
            return null;
        }

        try
        {
            return new TraceArrivals(Trace.Read(full), map.GetValueOrDefault("scale")?.Number(0.001, MostPerSecond) ?? 1);
        }
        catch (UserErrorException e)
        {
            node.Problem(e.Message);
            return null;
        }
    }

    static bool Needed(SpecNode node, IReadOnlyDictionary<string, SpecNode> map, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!map.ContainsKey(name))
            {
                node.Problem($"'{node.Path}' lacks '{name}'. Expected {string.Join(", ", names.ToArray())}.");
                return false;
            }
        }

        return true;
    }

    static double? Rate(SpecNode node) => node.Number(0.001, MostPerSecond);

    static ArrivalOptions? NoRate(SpecNode node, string name)
    {
        node.Problem($"'{node.Path}' has no rate; expected '{name}: 200' (requests per second).");
        return null;
    }

    // Which names there are, the load itself says.
    static ImmutableSortedDictionary<string, TimeSpan> ReadSlo(SpecNode node)
    {
        var targets = ImmutableSortedDictionary.CreateBuilder<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (name, value) in node.NamedMap())
        {
            if (value.Duration() is { } target)
            {
                targets[name] = target;
            }
        }

        return targets.ToImmutable();
    }
}
