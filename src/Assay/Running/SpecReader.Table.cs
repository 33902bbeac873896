using System.Collections.Immutable;
using Assay.Learning.Networks;

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

    static SequentialOptions ReadSequential(SpecNode node)
    {
        var map = node.Map("layers", "loss", "optimizer", "epochs", "batch_size", "validation_split", "shuffle");
        var options = new SequentialOptions
        {
            Layers = map.TryGetValue("layers", out var layers) ? [.. layers.Items().Select(ReadLayer).OfType<Dense>()] : [],
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

    static Dense? ReadLayer(SpecNode node)
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
            ? new Dense(count, activation is null ? Activation.Linear : Enum.Parse<Activation>(activation, ignoreCase: true))
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
