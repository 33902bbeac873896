using System.Collections.Immutable;
using Assay.Learning.Tuning;
using Assay.Load;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // One protocol or a list of them, each a word or 'protocol: word'.
    static string[] ReadServe(SpecNode node) =>
        [.. node.Items().Select(item => item.IsScalar ? item : item.Map("protocol").GetValueOrDefault("protocol")).OfType<SpecNode>()
            .Select(item => item.Choice("v2", "openai")?.Name).OfType<string>()];

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

    static OptimiseSpec? ReadOptimise(SpecNode node)
    {
        var map = node.Map("search", "trials", "metric", "folds");
        if (!map.TryGetValue("search", out var search))
        {
            node.Problem("'optimise' has no 'search'. Add e.g. 'search: {learning_rate: {log_uniform: [0.0003, 0.03]}}'.");
            return null;
        }

        var parameters = search.Map("learning_rate", "batch_size", "epochs", "units")
            .Select(entry => ReadParameter(entry.Key, entry.Value)).OfType<SearchParameter>().ToImmutableArray();
        var metric = map.GetValueOrDefault("metric")?.Choice("log_loss", "accuracy")?.Name ?? "log_loss";
        return new OptimiseSpec
        {
            Search = new SearchOptions { Trials = Whole(map, "trials") ?? 10, Parameters = parameters, Minimise = metric == "log_loss" },
            Metric = metric,
            Folds = map.GetValueOrDefault("folds")?.Whole(2) ?? 5,
        };
    }

    static SearchParameter? ReadParameter(string name, SpecNode node)
    {
        if (node.IsList)
        {
            return new Choice(name, Numbers(node));
        }

        if (node.Choice("choice", "uniform", "log_uniform") is not (var kind, { } values))
        {
            return null;
        }

        var numbers = Numbers(values);
        if (kind == "choice")
        {
            return new Choice(name, numbers);
        }

        if (numbers is not [var low, var high] || low >= high)
        {
            values.Problem($"'{values.Path}' must be [low, high] with low under high.");
            return null;
        }

        return kind == "uniform" ? new Uniform(name, low, high) : new LogUniform(name, low, high);
    }

    // Every parameter of the search is a size, a count or a rate: above 0.
    static ImmutableArray<double> Numbers(SpecNode node) => [.. node.Items().Select(item => item.Number(double.Epsilon)).OfType<double>()];
}
