using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Learning.Networks;

// The layers of a network at work, and where their weights stand in its one array: all variables first, then all statistics. The last
// layer's activation is kept apart: losses know better what to do with it.
sealed class LayerStack
{
    readonly List<Layer> _layers = [];
    readonly List<string> _prefixes = [];

    LayerStack(int inputs, ImmutableArray<LayerOptions> options, int statistics)
    {
        Length = statistics;
        Head = HeadOf(options);
        var embeddings = options.TakeWhile(layer => layer is Embedding).Cast<Embedding>().ToImmutableArray();
        if (!embeddings.IsEmpty)
        {
            Add(new EmbeddingLayer(inputs, embeddings, Learned), 0);
        }

        for (var i = embeddings.Length; i < options.Length; i++)
        {
            Add(_layers.Count == 0 ? inputs : _layers[^1].Units, options[i], i, i == options.Length - 1);
        }
    }

    public IReadOnlyList<Layer> Layers => _layers;

    public Activation Head { get; }

    // How many of the weights are learned by gradients.
    public int Learned { get; private set; }

    public int Length { get; private set; }

    public int Outputs => _layers[^1].Units;

    public int Width => _layers[^1].Width;

    public IEnumerable<(string Prefix, Variable Variable)> Tensors =>
        _layers.Zip(_prefixes).SelectMany(pair => pair.First.Variables.Concat(pair.First.Statistics).Select(variable => (pair.Second, variable)));

    public static LayerStack Build(int inputs, ImmutableArray<LayerOptions> options) =>
        new(inputs, options, new LayerStack(inputs, options, 0).Learned);

    public static Activation HeadOf(ImmutableArray<LayerOptions> options) => options[^1] switch
    {
        Dense dense => dense.Activation,
        ActivationLayer activation => activation.Function,
        _ => Activation.Linear,
    };

    void Add(int inputs, LayerOptions options, int place, bool last)
    {
        switch (options)
        {
            case Dense dense:
                var fused = !last && dense.Activation == Activation.Relu;
                Add(new DenseLayer(inputs, dense, Learned, fused), place);
                if (!last && !fused && dense.Activation != Activation.Linear)
                {
                    Add(new ActivationStep(dense.Units, dense.Activation), place);
                }

                break;
            case ActivationLayer activation when !last || _layers.Count == 0:
                Add(new ActivationStep(inputs, last ? Activation.Linear : activation.Function), place);
                break;
            case Dropout dropout:
                Add(new DropoutLayer(inputs, dropout.Rate), place);
                break;
            case BatchNormalization normalization:
                Add(new BatchNormalizationLayer(inputs, normalization, Learned, Length), place);
                break;
            case LayerNormalization normalization:
                Add(new LayerNormalizationLayer(inputs, normalization, Learned), place);
                break;
            default:
                break;
        }
    }

    void Add(Layer layer, int place)
    {
        _layers.Add(layer);
        _prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"{place}."));
        Learned += layer.Variables.Sum(variable => variable.Length);
        Length += layer.Statistics.Sum(variable => variable.Length);
    }
}
