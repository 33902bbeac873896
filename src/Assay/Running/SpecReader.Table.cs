using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;

namespace Assay.Running;

public sealed partial class SpecReader
{
    DataSpec? ReadData(SpecNode node)
    {
        if (node.IsScalar)
        {
            node.Problem("'data' must name a file and a target: {path: loans.csv, target: defaulted}.");
            return null;
        }

        var map = node.Map("path", "target", "positive", "exclude", "missing", "delimiter", "format", "encoding", "header", "types", "on_bad_row");
        var path = Required(node, map, "path");
        var target = Required(node, map, "target");
        var full = path is null ? null : FindFile(map["path"], path);
        if (full is null || target is null)
        {
            return null;
        }

        return new DataSpec
        {
            Path = path!,
            FullPath = full,
            Target = target,
            Positive = map.GetValueOrDefault("positive")?.Text(),
            Exclude = map.TryGetValue("exclude", out var exclude) ? exclude.Texts() : [],
            Reading = ReadReading(map),
        };
    }

    static ImmutableArray<PreparationStep> ReadPrepare(SpecNode node) =>
        [.. node.Items().Select(ReadStep).OfType<PreparationStep>()];

    static PreparationStep? ReadStep(SpecNode node) => node.Choice("drop_missing", "impute", "standardize", "standardise", "one_hot") switch
    {
        ("drop_missing", var columns) => new DropMissing(ReadSelector(columns, ColumnSelector.All)),
        ("impute", { } impute) => ReadImpute(impute),
        ("impute", null) => new Impute(ColumnSelector.Numeric, ImputeStrategy.Median, null),
        ("standardize" or "standardise", var columns) => new Standardize(ReadSelector(columns, ColumnSelector.Numeric)),
        ("one_hot", var columns) => new OneHot(ReadSelector(columns, ColumnSelector.Categorical)),
        _ => null,
    };

    static ColumnSelector ReadSelector(SpecNode? node, ColumnSelector otherwise) => node switch
    {
        null => otherwise,
        { IsScalar: true } => node.Text() switch
        {
            null => otherwise,
            "all" => ColumnSelector.All,
            "numeric" => ColumnSelector.Numeric,
            "categorical" => ColumnSelector.Categorical,
            var name => ColumnSelector.Named([name]),
        },
        _ => ColumnSelector.Named([.. node.Texts()]),
    };

    static Impute? ReadImpute(SpecNode node)
    {
        if (node.IsScalar)
        {
            return ReadStrategy(node) is { } lone
                ? new Impute(lone is ImputeStrategy.Mean or ImputeStrategy.Median ? ColumnSelector.Numeric : ColumnSelector.All, lone, null)
                : null;
        }

        var map = node.Map("columns", "strategy", "value");
        var value = map.GetValueOrDefault("value")?.Text();
        var strategy = map.TryGetValue("strategy", out var named) ? ReadStrategy(named) : value is null ? ImputeStrategy.Median : ImputeStrategy.Constant;
        if (strategy == ImputeStrategy.Constant && value is null)
        {
            node.Problem($"'{node.Path}' imputes a constant and has no 'value'. Add 'value: ...'.");
        }

        return strategy is { } known ? new Impute(ReadSelector(map.GetValueOrDefault("columns"), ColumnSelector.Numeric), known, value) : null;
    }

    static ImputeStrategy? ReadStrategy(SpecNode node) => node.Choice("mean", "median", "most_frequent", "constant")?.Name switch
    {
        "mean" => ImputeStrategy.Mean,
        "median" => ImputeStrategy.Median,
        "most_frequent" => ImputeStrategy.MostFrequent,
        "constant" => ImputeStrategy.Constant,
        _ => null,
    };

    static MethodSpec ReadMethod(SpecNode node)
    {
        var map = node.Map("holdout", "cross_validation");
        var method = new MethodSpec { TestShare = null };
        if (map.TryGetValue("holdout", out var holdout))
        {
            var keys = holdout.Map("test", "stratify", "seed");
            method = WithCommon(method with { TestShare = keys.TryGetValue("test", out var test) ? test.Number(0.001, 0.999) : 0.2 }, keys);
        }

        if (map.TryGetValue("cross_validation", out var folds))
        {
            var keys = folds.Map("folds", "stratify", "seed");
            method = WithCommon(method with { Folds = keys.TryGetValue("folds", out var count) ? count.Whole(2) : 5 }, keys);
        }

        return method;
    }

    static MethodSpec WithCommon(MethodSpec method, IReadOnlyDictionary<string, SpecNode> map) => method with
    {
        Stratify = map.TryGetValue("stratify", out var stratify) ? stratify.Truth() ?? true : method.Stratify,
        Seed = map.TryGetValue("seed", out var seed) ? seed.Seed() : method.Seed,
    };

    static SequentialOptions ReadSequential(SpecNode node)
    {
        var map = node.Map("layers", "loss", "optimizer", "epochs", "batch_size", "validation_split", "shuffle");
        var options = new SequentialOptions
        {
            Layers = map.TryGetValue("layers", out var layers) ? [.. layers.Items().Select(ReadLayer).OfType<DenseOptions>()] : [],
            Loss = map.TryGetValue("loss", out var loss) && loss.Choice("binary_crossentropy", "categorical_crossentropy")?.Name == "categorical_crossentropy"
                ? Loss.CategoricalCrossentropy
                : Loss.BinaryCrossentropy,
            Optimizer = map.TryGetValue("optimizer", out var optimizer) ? ReadOptimizer(optimizer) : new Adam(),
        };
        if (!map.ContainsKey("layers"))
        {
            node.Problem($"'{node.Path}' has no 'layers'. Add e.g. 'layers: [{{dense: {{units: 16, activation: relu}}}}, {{dense: {{units: 1, activation: sigmoid}}}}]'.");
        }

        return options with
        {
            Epochs = Whole(map, "epochs") ?? options.Epochs,
            BatchSize = Whole(map, "batch_size") ?? options.BatchSize,
            ValidationSplit = map.GetValueOrDefault("validation_split")?.Number(0, 0.9) ?? options.ValidationSplit,
            Shuffle = map.GetValueOrDefault("shuffle")?.Truth() ?? options.Shuffle,
        };
    }

    static int? Whole(IReadOnlyDictionary<string, SpecNode> map, string key) => map.GetValueOrDefault(key)?.Whole(1);

    static DenseOptions? ReadLayer(SpecNode node)
    {
        if (node.Choice("dense") is not (_, { } dense))
        {
            return null;
        }

        var map = dense.Map("units", "activation");
        if (!map.TryGetValue("units", out var units))
        {
            dense.Problem($"'{dense.Path}' has no 'units'. Add 'units: 16'.");
            return null;
        }

        var activation = map.GetValueOrDefault("activation")?.Choice("linear", "relu", "sigmoid", "softmax")?.Name;
        return units.Whole(1) is { } count
            ? new DenseOptions(count, activation is null ? Activation.Linear : Enum.Parse<Activation>(activation, ignoreCase: true))
            : null;
    }

    static OptimizerOptions ReadOptimizer(SpecNode node)
    {
        switch (node.Choice("adam", "sgd"))
        {
            case ("adam", { } settings):
                var adam = settings.Map("learning_rate", "beta_1", "beta_2", "epsilon");
                return new Adam(Number(adam, "learning_rate") ?? 0.001, Number(adam, "beta_1") ?? 0.9, Number(adam, "beta_2") ?? 0.999, Number(adam, "epsilon") ?? 1e-7);
            case ("sgd", { } settings):
                var sgd = settings.Map("learning_rate", "momentum", "nesterov");
                return new Sgd(Number(sgd, "learning_rate") ?? 0.01, Number(sgd, "momentum") ?? 0, sgd.GetValueOrDefault("nesterov")?.Truth() ?? false);
            case ("sgd", null):
                return new Sgd();
            default:
                return new Adam();
        }
    }

    static double? Number(IReadOnlyDictionary<string, SpecNode> map, string key) => map.GetValueOrDefault(key)?.Number(0);
}
