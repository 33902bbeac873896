using System.Collections.Immutable;
using Assay.Load;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // One protocol or a list of them, each a word or 'protocol: word'.
    static string[] ReadServe(SpecNode node) => [.. node.Items().Select(Protocol).OfType<string>()];

    static string? Protocol(SpecNode item)
    {
        var word = item.IsMap ? item.Map("protocol").GetValueOrDefault("protocol") : item;
        return word is null ? "v2" : word.Choice("v2", "openai")?.Name;
    }

    static ImmutableArray<LoadProfile> ReadLoads(SpecNode node)
    {
        var loads = node.Items().Select(ReadLoad).OfType<LoadProfile>().ToImmutableArray();
        foreach (var twice in loads.GroupBy(load => load.Name).Where(group => group.Count() > 1))
        {
            node.Problem($"two load profiles are called '{twice.Key}'. Give each its own 'name'.");
        }

        return loads;
    }

    static LoadProfile? ReadLoad(SpecNode node)
    {
        var map = node.Map("name", "protocol", "max_tokens", "arrivals", "concurrency", "duration", "requests", "warmup", "timeout", "slo");
        var arrivals = ReadArrivals(node, map);
        if (!map.ContainsKey("duration") && !map.ContainsKey("requests"))
        {
            node.Problem($"'{node.Path}' has no end. Add 'duration: 10s' or 'requests: 1000'.");
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
        };
        options = options with
        {
            Timeout = map.GetValueOrDefault("timeout")?.Duration() ?? options.Timeout,
            Warmup = map.GetValueOrDefault("warmup")?.Duration() ?? options.Warmup,
        };
        var profile = new LoadProfile(map.GetValueOrDefault("name")?.Text() ?? arrivals.Description, options);
        return profile with
        {
            Protocol = map.GetValueOrDefault("protocol")?.Choice("v2", "chat", "completions")?.Name switch
            {
                "chat" => LoadProtocol.Chat,
                "completions" => LoadProtocol.Completions,
                _ => LoadProtocol.V2,
            },
            MaxTokens = Whole(map, "max_tokens") ?? profile.MaxTokens,
        };
    }

    static ArrivalOptions? ReadArrivals(SpecNode node, IReadOnlyDictionary<string, SpecNode> map)
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

        return map["arrivals"].Choice("poisson", "constant") switch
        {
            ("poisson", { } rate) when rate.Number(0.001, 1e6) is { } perSecond => new PoissonArrivals(perSecond),
            ("constant", { } rate) when rate.Number(0.001, 1e6) is { } perSecond => new ConstantArrivals(perSecond),
            (var name, null) => NoRate(map["arrivals"], name),
            _ => null,
        };
    }

    static ArrivalOptions? NoRate(SpecNode node, string name)
    {
        node.Problem($"'{node.Path}' has no rate; expected '{name}: 200' (requests per second).");
        return null;
    }

    static ImmutableSortedDictionary<string, TimeSpan> ReadSlo(SpecNode node)
    {
        var targets = ImmutableSortedDictionary.CreateBuilder<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Map("latency_p50", "latency_p90", "latency_p99"))
        {
            if (value.Duration() is { } target)
            {
                targets[name] = target;
            }
        }

        return targets.ToImmutable();
    }
}
