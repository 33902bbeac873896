using System.Collections.Immutable;

namespace Assay.Learning.Networks;

// All embeddings of a network at once: the features that are not embedded, then the vectors.
sealed class EmbeddingLayer : Layer
{
    readonly ImmutableArray<Embedding> _options;
    readonly ImmutableArray<Variable> _tables;
    readonly int[] _plain;

    public EmbeddingLayer(int inputs, ImmutableArray<Embedding> options, int offset)
        : base(inputs, inputs - options.Length + options.Sum(embedding => embedding.Dimensions))
    {
        _options = options;
        _plain = [.. Enumerable.Range(0, inputs).Except(options.Select(embedding => embedding.Feature))];
        var tables = ImmutableArray.CreateBuilder<Variable>();
        foreach (var embedding in options)
        {
            tables.Add(new Variable($"embeddings{(options.Length > 1 ? $".{tables.Count}" : "")}", offset, embedding.Categories, embedding.Dimensions, embedding.Dimensions, false));
            offset += tables[^1].Length;
        }

        _tables = tables.ToImmutable();
    }

    public override IReadOnlyList<Variable> Variables => _tables;

    public override void Initialise(float[] weights, SeededRandom random)
    {
        for (var i = 0; i < _options.Length; i++)
        {
            _tables[i].Fill(weights, _options[i].Initializer, random, _options[i].Categories, _options[i].Dimensions);
        }
    }

    public override void Forward(in LayerPass pass)
    {
        for (var row = 0; row < pass.Rows; row++)
        {
            var input = pass.Input.Slice(row * pass.InputStride, Inputs);
            var output = pass.Output.Slice(row * Width, Units);
            for (var i = 0; i < _plain.Length; i++)
            {
                output[i] = input[_plain[i]];
            }

            var at = _plain.Length;
            for (var i = 0; i < _options.Length; i++)
            {
                var vector = output.Slice(at, _options[i].Dimensions);
                at += vector.Length;
                if (Category(i, input) is { } category)
                {
                    _tables[i].In(pass.Weights).Slice(category * vector.Length, vector.Length).CopyTo(vector);
                }
                else
                {
                    vector.Clear();
                }
            }
        }
    }

    public override void Backward(in LayerPass pass)
    {
        foreach (var table in _tables)
        {
            table.In(pass.WeightGradient).Clear();
        }

        for (var row = 0; row < pass.Rows; row++)
        {
            var input = pass.Input.Slice(row * pass.InputStride, Inputs);
            var at = (row * Width) + _plain.Length;
            for (var i = 0; i < _options.Length; i++)
            {
                var vector = pass.OutputGradient.Slice(at, _options[i].Dimensions);
                at += vector.Length;
                if (Category(i, input) is { } category)
                {
                    var sums = _tables[i].In(pass.WeightGradient).Slice(category * vector.Length, vector.Length);
                    System.Numerics.Tensors.TensorPrimitives.Add(sums, vector, sums);
                }
            }
        }
    }

    int? Category(int i, ReadOnlySpan<float> input)
    {
        var code = input[_options[i].Feature];
        return code >= 0 && code < _options[i].Categories && code == MathF.Floor(code) ? (int)code : null;
    }
}
