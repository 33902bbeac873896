using System.Collections.Immutable;
using Assay.Learning.Tuning;

namespace Assay.Running;

public sealed partial class SpecReader
{
    static OptimiseSpec? ReadOptimise(SpecNode node)
    {
        var map = node.Map("space", "search", "trials", "sampler", "pruner", "metric", "folds");
        if (!map.TryGetValue("space", out var space) && !map.TryGetValue("search", out space))
        {
            node.Problem("'optimise' has no 'space'. Add e.g. 'space: {learning_rate: {log_uniform: [0.0003, 0.03]}}'.");
            return null;
        }

        if (map.ContainsKey("space") && map.ContainsKey("search"))
        {
            map["search"].Problem("'optimise' has 'space' and 'search', which are the same. Take one out.");
        }

        var metric = map.GetValueOrDefault("metric")?.Choice([.. FoldMetric.Known])?.Name ?? "log_loss";
        var study = new StudyOptions
        {
            Space = new SearchSpace([.. space.NamedMap().Select(entry => ReadParameter(entry.Key, entry.Value)).OfType<SearchParameter>()]),
            Direction = FoldMetric.DirectionOf(metric),
        };
        return new OptimiseSpec
        {
            Study = study with
            {
                Trials = Whole(map, "trials") ?? study.Trials,
                Sampler = map.TryGetValue("sampler", out var sampler) ? ReadSampler(sampler) : study.Sampler,
                Pruner = map.TryGetValue("pruner", out var pruner) ? ReadPruner(pruner) : study.Pruner,
            },
            Metric = metric,
            Folds = map.GetValueOrDefault("folds")?.Whole(2) ?? 5,
        };
    }

    static Sampler ReadSampler(SpecNode node)
    {
        var (name, settings) = node.Choice("tpe", "random", "grid") ?? default;
        if (name is "random" or "grid")
        {
            return name == "random" ? new RandomSampler() : new GridSampler();
        }

        var (map, tpe) = (settings?.Map("startup_trials", "candidates"), new TpeSampler());
        return new TpeSampler { StartupTrials = WholeOr(map, "startup_trials", 0, tpe.StartupTrials), Candidates = WholeOr(map, "candidates", 1, tpe.Candidates) };
    }

    static Pruner ReadPruner(SpecNode node) => node.Choice("median", "successive_halving", "none") switch
    {
        ("none", _) => new NoPruner(),
        ("successive_halving", var settings) => ReadHalving(settings?.Map("min_resource", "reduction_factor", "min_early_stopping_rate", "bootstrap_count")),
        var median => ReadMedian(median?.Value?.Map("startup_trials", "warmup_steps", "interval_steps", "min_trials")),
    };

    static SuccessiveHalvingPruner ReadHalving(IReadOnlyDictionary<string, SpecNode>? map)
    {
        var pruner = new SuccessiveHalvingPruner();
        return new SuccessiveHalvingPruner
        {
            MinResource = WholeOr(map, "min_resource", 1, pruner.MinResource),
            ReductionFactor = WholeOr(map, "reduction_factor", 2, pruner.ReductionFactor),
            MinEarlyStoppingRate = WholeOr(map, "min_early_stopping_rate", 0, pruner.MinEarlyStoppingRate),
            BootstrapCount = WholeOr(map, "bootstrap_count", 0, pruner.BootstrapCount),
        };
    }

    static MedianPruner ReadMedian(IReadOnlyDictionary<string, SpecNode>? map)
    {
        var pruner = new MedianPruner();
        return new MedianPruner
        {
            StartupTrials = WholeOr(map, "startup_trials", 0, pruner.StartupTrials),
            WarmupSteps = WholeOr(map, "warmup_steps", 0, pruner.WarmupSteps),
            IntervalSteps = WholeOr(map, "interval_steps", 1, pruner.IntervalSteps),
            MinTrials = WholeOr(map, "min_trials", 1, pruner.MinTrials),
        };
    }

    static int WholeOr(IReadOnlyDictionary<string, SpecNode>? map, string key, int min, int other) => map?.GetValueOrDefault(key)?.Whole(min) ?? other;

    static SearchParameter? ReadParameter(string name, SpecNode node)
    {
        if (node.IsList)
        {
            return new Choice(name, Values(node));
        }

        var map = node.Map("choice", "uniform", "log_uniform", "step", "when");
        var kinds = map.Keys.Where(key => key is "choice" or "uniform" or "log_uniform").ToArray();
        if (kinds is not [var kind])
        {
            node.Problem($"'{node.Path}' must have exactly one of: choice, uniform, log_uniform.");
            return null;
        }

        var step = map.GetValueOrDefault("step")?.Number(double.Epsilon);
        var parameter = kind == "choice" ? new Choice(name, Values(map[kind])) : ReadRange(name, map[kind], kind == "log_uniform", step);
        if (kind != "uniform" && map.TryGetValue("step", out var odd))
        {
            odd.Problem($"'{odd.Path}' goes with 'uniform' only. Take it out.");
        }

        return parameter is not null && map.TryGetValue("when", out var when) ? parameter with { When = ReadCondition(when) } : parameter;
    }

    static SearchParameter? ReadRange(string name, SpecNode node, bool isLog, double? step)
    {
        double[] ends = [.. node.Items().Select(item => item.Number()).OfType<double>()];
        if (ends is not [var low, var high] || low > high || (isLog && low <= 0))
        {
            node.Problem($"'{node.Path}' must be [low, high] with low under high{(isLog ? ", both above 0" : "")}.");
            return null;
        }

        // The names of the library's models tell which numbers are whole, whatever the model.
        var isWhole = ModelMapping.Standard.Parameters.Any(parameter => parameter.Name == name && parameter.Kind == ParameterKind.Whole);
        return isWhole && new[] { low, high, step ?? 1 }.All(number => number == Math.Round(number) && Math.Abs(number) <= int.MaxValue)
            ? new Integer(name, (int)low, (int)high) { Log = isLog, Step = (int)(step ?? 1) }
            : isLog ? new LogUniform(name, low, high) : new Uniform(name, low, high) { Step = step };
    }

    static Condition? ReadCondition(SpecNode node)
    {
        var conditions = node.NamedMap();
        if (conditions.Count == 1)
        {
            var (parent, values) = conditions.Single();
            return new Condition(parent, Values(values));
        }

        node.Problem($"'{node.Path}' must name one parameter and its values, as in 'when: {{optimizer: sgd}}'.");
        return null;
    }

    static ImmutableArray<ParameterValue> Values(SpecNode node) => [.. node.Items().Select(item => item.Value()).OfType<ParameterValue>()];

    static IEnumerable<string> OptimiseProblems(Spec spec) => spec.Optimise is not { } optimise ? [] :
    [
        .. optimise.Study.Problems(),
        .. spec.Model is { } model ? ModelMapping.Standard.Problems(model, optimise.Study.Space) : [],
    ];
}
