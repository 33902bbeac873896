using Assay.Learning.Networks;

namespace Assay.Running;

public sealed partial class SpecReader
{
    static readonly string[] _embeddingNeeds = ["feature", "input_dim", "output_dim"];

    static readonly Dictionary<string, Activation> _activations = Enum.GetValues<Activation>().ToDictionary(activation => SnakeCase.Of(activation.ToString()), StringComparer.Ordinal);

    static readonly Dictionary<string, Initializer> _initializers = new(StringComparer.Ordinal)
    {
        ["glorot_uniform"] = Initializer.GlorotUniform,
        ["glorot_normal"] = Initializer.GlorotNormal,
        ["he_uniform"] = Initializer.HeUniform,
        ["he_normal"] = Initializer.HeNormal,
        ["lecun_uniform"] = Initializer.LecunUniform,
        ["lecun_normal"] = Initializer.LecunNormal,
        ["zeros"] = Initializer.Zeros,
        ["ones"] = Initializer.Ones,
        ["random_uniform"] = new RandomUniform(),
        ["random_normal"] = new RandomNormal(),
        ["truncated_normal"] = new TruncatedNormal(),
        ["constant"] = Initializer.Zeros,
    };

    static LayerOptions? ReadLayer(SpecNode node) =>
        node.Choice("dense", "dropout", "batch_normalization", "layer_normalization", "embedding", "activation") switch
        {
            ("dense", { } settings) => ReadDense(settings),
            ("dropout", { } settings) => ReadDropout(settings),
            ("embedding", { } settings) => ReadEmbedding(settings),
            ("activation", { } settings) => ReadActivation(settings) is { } activation ? new ActivationLayer(activation) : null,
            ("batch_normalization", var settings) => ReadBatchNormalization(settings?.Map("momentum", "epsilon")),
            ("layer_normalization", var settings) => new LayerNormalization(Number(settings?.Map("epsilon"), "epsilon") ?? new LayerNormalization().Epsilon),
            (_, null) => NoSettings(node),
            _ => null,
        };

    static LayerOptions? NoSettings(SpecNode node)
    {
        node.Problem($"'{node.Path}' names '{node.Text()}' without its settings, e.g. '{{dense: {{units: 16, activation: relu}}}}'.");
        return null;
    }

    static Dense? ReadDense(SpecNode node)
    {
        var map = node.Map("units", "activation", "use_bias", "kernel_initializer", "bias_initializer", "kernel_regularizer", "bias_regularizer");
        if (!map.TryGetValue("units", out var units))
        {
            node.Problem($"'{node.Path}' has no 'units'. Add 'units: 16'.");
            return null;
        }

        if (units.Whole(1) is not { } count)
        {
            return null;
        }

        var dense = new Dense(count, map.TryGetValue("activation", out var activation) ? ReadActivation(activation) ?? Activation.Linear : Activation.Linear);
        return dense with
        {
            UseBias = map.GetValueOrDefault("use_bias")?.Truth() ?? dense.UseBias,
            KernelInitializer = map.TryGetValue("kernel_initializer", out var kernel) ? ReadInitializer(kernel) : dense.KernelInitializer,
            BiasInitializer = map.TryGetValue("bias_initializer", out var bias) ? ReadInitializer(bias) : dense.BiasInitializer,
            KernelRegularizer = map.TryGetValue("kernel_regularizer", out var kernelPenalty) ? ReadPenalty(kernelPenalty) : null,
            BiasRegularizer = map.TryGetValue("bias_regularizer", out var biasPenalty) ? ReadPenalty(biasPenalty) : null,
        };
    }

    static Dropout? ReadDropout(SpecNode node)
    {
        var rate = node.IsMap ? node.Map("rate").GetValueOrDefault("rate") : node;
        if (rate is null)
        {
            node.Problem($"'{node.Path}' has no 'rate'. Add 'rate: 0.2'.");
        }

        return rate?.Number(0, 1) is { } share ? new Dropout(share) : null;
    }

    static BatchNormalization ReadBatchNormalization(IReadOnlyDictionary<string, SpecNode>? map)
    {
        var layer = new BatchNormalization();
        return new BatchNormalization(Number(map, "momentum") ?? layer.Momentum, Number(map, "epsilon") ?? layer.Epsilon);
    }

    static Embedding? ReadEmbedding(SpecNode node)
    {
        var map = node.Map([.. _embeddingNeeds, "embeddings_initializer"]);
        foreach (var key in _embeddingNeeds.Where(key => !map.ContainsKey(key)))
        {
            node.Problem($"'{node.Path}' has no '{key}'. Add it, as in '{{embedding: {{feature: 0, input_dim: 10, output_dim: 4}}}}'.");
        }

        if (map.GetValueOrDefault("feature")?.Whole(0) is not { } feature || Whole(map, "input_dim") is not { } categories || Whole(map, "output_dim") is not { } dimensions)
        {
            return null;
        }

        var embedding = new Embedding(feature, categories, dimensions);
        return map.TryGetValue("embeddings_initializer", out var initializer) ? embedding with { Initializer = ReadInitializer(initializer) } : embedding;
    }

    static Activation? ReadActivation(SpecNode node) => node.Choice([.. _activations.Keys]) is (var name, null) ? _activations[name] : null;

    static L1L2 ReadPenalty(SpecNode node)
    {
        var map = node.Map("l1", "l2");
        return new L1L2(Number(map, "l1") ?? 0, Number(map, "l2") ?? 0);
    }

    static Initializer ReadInitializer(SpecNode node)
    {
        if (node.Choice([.. _initializers.Keys]) is not var (name, settings))
        {
            return Initializer.GlorotUniform;
        }

        var initializer = _initializers[name];
        return settings is null ? initializer : initializer switch
        {
            RandomUniform uniform => ReadUniform(settings.Map("minval", "maxval"), uniform),
            RandomNormal normal => ReadNormal(settings.Map("mean", "stddev")) is var (mean, deviation) ? new RandomNormal(mean ?? normal.Mean, deviation ?? normal.StandardDeviation) : normal,
            TruncatedNormal cut => ReadNormal(settings.Map("mean", "stddev")) is var (mean, deviation) ? new TruncatedNormal(mean ?? cut.Mean, deviation ?? cut.StandardDeviation) : cut,
            _ when name == "constant" => new Constant(settings.Map("value").GetValueOrDefault("value")?.Number() ?? 0),
            _ => Unset(settings, initializer),
        };
    }

    static Initializer Unset(SpecNode settings, Initializer initializer)
    {
        _ = settings.Map();
        return initializer;
    }

    static RandomUniform ReadUniform(IReadOnlyDictionary<string, SpecNode> map, RandomUniform uniform) =>
        new(map.GetValueOrDefault("minval")?.Number() ?? uniform.Low, map.GetValueOrDefault("maxval")?.Number() ?? uniform.High);

    static (double? Mean, double? Deviation) ReadNormal(IReadOnlyDictionary<string, SpecNode> map) => (map.GetValueOrDefault("mean")?.Number(), Number(map, "stddev"));
}
