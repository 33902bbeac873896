using Assay.Learning.Networks;

namespace Assay.Running;

// A network by Keras' names.
public sealed partial class SpecReader
{
    static SequentialOptions ReadSequential(SpecNode node)
    {
        var map = node.Map("layers", "loss", "optimizer", "epochs", "batch_size", "validation_split", "shuffle", "class_weight", "callbacks");
        if (!map.ContainsKey("layers"))
        {
            node.Problem($"'{node.Path}' has no 'layers'. Add e.g. 'layers: [{{dense: {{units: 16, activation: relu}}}}, {{dense: {{units: 1, activation: sigmoid}}}}]'.");
        }

        var options = new SequentialOptions
        {
            Layers = map.TryGetValue("layers", out var layers) ? [.. layers.Items().Select(ReadLayer).OfType<LayerOptions>()] : [],
            Loss = map.TryGetValue("loss", out var loss) ? ReadLoss(loss) : Loss.BinaryCrossentropy,
            Optimizer = map.TryGetValue("optimizer", out var optimizer) ? ReadOptimizer(optimizer) : new Adam(),
            ClassWeights = map.TryGetValue("class_weight", out var weights) ? [.. weights.Items().Select(weight => weight.Number(0)).OfType<double>()] : [],
        };
        options = options with
        {
            Epochs = Whole(map, "epochs") ?? options.Epochs,
            BatchSize = Whole(map, "batch_size") ?? options.BatchSize,
            ValidationSplit = map.GetValueOrDefault("validation_split")?.Number(0, 0.9) ?? options.ValidationSplit,
            Shuffle = map.GetValueOrDefault("shuffle")?.Truth() ?? options.Shuffle,
        };
        return map.TryGetValue("callbacks", out var callbacks) ? callbacks.Items().Aggregate(options, ReadCallback) : options;
    }

    static int? Whole(IReadOnlyDictionary<string, SpecNode> map, string key) => map.GetValueOrDefault(key)?.Whole(1);

    static double? Number(IReadOnlyDictionary<string, SpecNode>? map, string key) => map?.GetValueOrDefault(key)?.Number(0);

    static SequentialOptions ReadCallback(SequentialOptions options, SpecNode node)
    {
        switch (node.Choice("early_stopping", "reduce_lr_on_plateau"))
        {
            case ("early_stopping", var settings):
                var stop = settings?.Map("monitor", "patience", "min_delta", "baseline", "start_from_epoch", "restore_best_weights");
                var stopping = new EarlyStopping();
                return options with
                {
                    EarlyStopping = stop is null ? stopping : new EarlyStopping(
                        stop.GetValueOrDefault("monitor")?.Text() ?? stopping.Monitor,
                        WholeOr(stop, "patience", 0, stopping.Patience),
                        Number(stop, "min_delta") ?? stopping.MinDelta,
                        stop.GetValueOrDefault("baseline")?.Number(),
                        WholeOr(stop, "start_from_epoch", 0, stopping.StartFromEpoch),
                        stop.GetValueOrDefault("restore_best_weights")?.Truth() ?? stopping.RestoreBestWeights),
                };
            case ("reduce_lr_on_plateau", var settings):
                var reduce = settings?.Map("monitor", "factor", "patience", "min_delta", "cooldown", "min_lr");
                var plateau = new ReduceOnPlateau();
                return options with
                {
                    ReduceOnPlateau = reduce is null ? plateau : new ReduceOnPlateau(
                        reduce.GetValueOrDefault("monitor")?.Text() ?? plateau.Monitor,
                        Number(reduce, "factor") ?? plateau.Factor,
                        WholeOr(reduce, "patience", 0, plateau.Patience),
                        Number(reduce, "min_delta") ?? plateau.MinDelta,
                        WholeOr(reduce, "cooldown", 0, plateau.Cooldown),
                        Number(reduce, "min_lr") ?? plateau.MinLearningRate),
                };
            default:
                return options;
        }
    }

    static Loss ReadLoss(SpecNode node)
    {
        if (node.Choice(
            "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_focal_crossentropy", "categorical_focal_crossentropy",
            "mean_squared_error", "mean_absolute_error", "mse", "mae", "huber", "poisson", "quantile") is not var (name, settings))
        {
            return Loss.BinaryCrossentropy;
        }

        string[] known = name switch
        {
            "binary_crossentropy" or "categorical_crossentropy" => ["from_logits", "label_smoothing"],
            "sparse_categorical_crossentropy" => ["from_logits"],
            "binary_focal_crossentropy" => ["gamma", "alpha", "apply_class_balancing", "from_logits", "label_smoothing"],
            "categorical_focal_crossentropy" => ["gamma", "alpha", "from_logits", "label_smoothing"],
            "huber" => ["delta"],
            "quantile" => ["quantile"],
            _ => [],
        };
        var map = settings?.Map(known);
        var logits = map?.GetValueOrDefault("from_logits")?.Truth() ?? false;
        var smoothing = Number(map, "label_smoothing") ?? 0;
        var (gamma, alpha) = (Number(map, "gamma") ?? 2, Number(map, "alpha") ?? 0.25);
        return name switch
        {
            "binary_crossentropy" => new BinaryCrossentropy(logits, smoothing),
            "categorical_crossentropy" => new CategoricalCrossentropy(logits, smoothing),
            "sparse_categorical_crossentropy" => new SparseCategoricalCrossentropy(logits),
            "binary_focal_crossentropy" => new BinaryFocalCrossentropy(gamma, alpha, map?.GetValueOrDefault("apply_class_balancing")?.Truth() ?? false, logits, smoothing),
            "categorical_focal_crossentropy" => new CategoricalFocalCrossentropy(gamma, alpha, logits, smoothing),
            "mean_absolute_error" or "mae" => new MeanAbsoluteError(),
            "huber" => new Huber(Number(map, "delta") ?? 1),
            "poisson" => new PoissonLoss(),
            "quantile" => new QuantileLoss(Number(map, "quantile") ?? 0.5),
            _ => new MeanSquaredError(),
        };
    }
}
