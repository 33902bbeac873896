using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>
/// The layers of the model over the rows of a step. All workers run the same code, each on its fixed share of rows, outputs or heads, and
/// wait for one another between the parts. No number depends on how many there are.
/// </summary>
sealed partial class ForwardPass
{
    const int AnswerBlock = 16;

    readonly TransformerConfig _config;
    readonly TransformerWeights _weights;
    readonly KvShape _shape;
    readonly RotaryTable _rotary;
    readonly SpinBarrier _barrier;
    readonly int _workers, _queryWidth, _keyWidth, _pitch;
    readonly AlignedFloats _stream, _normed, _queries, _keys, _values, _mixed, _gate, _up, _logits;
    readonly AlignedFloats[] _scratch, _attention;

    public ForwardPass(TransformerConfig config, TransformerWeights weights, int maxRows, int context, SpinBarrier barrier)
    {
        (_config, _weights, _barrier, _workers) = (config, weights, barrier, barrier.Size);
        (_queryWidth, _keyWidth) = (config.Heads * config.HeadSize, config.KeyValueHeads * config.HeadSize);
        _shape = new KvShape(config.Layers, config.KeyValueHeads, config.HeadSize);
        _pitch = (KvShape.Pages(context) * KvShape.PageTokens) + _shape.Stride;
        _rotary = new RotaryTable([.. config.RopeFrequencies().Select(frequency => (float)frequency)], context);
        (_stream, _normed) = (new(maxRows * config.HiddenSize), new(maxRows * config.HiddenSize));
        (_queries, _mixed) = (new(maxRows * _queryWidth), new(maxRows * _queryWidth));
        (_keys, _values) = (new(maxRows * _keyWidth), new(maxRows * _keyWidth));
        (_gate, _up) = (new(maxRows * config.IntermediateSize), new(maxRows * config.IntermediateSize));
        _logits = new(AnswerBlock * config.VocabularySize);
        var scratch = new[] { config.HiddenSize, _queryWidth, config.IntermediateSize }.Max(MatrixProduct.Scratch);
        _scratch = [.. Enumerable.Range(0, _workers).Select(_ => new AlignedFloats(scratch))];
        _attention = [.. Enumerable.Range(0, _workers).Select(_ => new AlignedFloats(Attention.Queries * _pitch))];
    }

    /// <summary>One worker's part of a step; returns when all have done theirs.</summary>
    public void Run(Step step, int worker)
    {
        Embed(step, worker);
        for (var layer = 0; layer < _weights.Layers.Length; layer++)
        {
            Attend(step, layer, worker);
            Feed(step, _weights.Layers[layer], worker);
        }

        for (var first = 0; first < step.Answers.Count; first += AnswerBlock)
        {
            Answer(step, first, Math.Min(AnswerBlock, step.Answers.Count - first), worker);
        }
    }

    void Embed(Step step, int worker)
    {
        var (from, to) = Share(step.Rows.Count, 1, worker);
        for (var row = from; row < to; row++)
        {
            Widening.Rows(_weights.Embedding, step.Rows[row].Token, 1, Row(_stream, row, _config.HiddenSize));
        }
    }

    void Attend(Step step, int layer, int worker)
    {
        var (weights, rows) = (_weights.Layers[layer], step.Rows.Count);
        Normalize(rows, weights.AttentionNorm, worker);
        _barrier.Wait();
        Project(weights.Query, weights.QueryBias, _normed, _queries, rows, worker);
        Project(weights.Key, weights.KeyBias, _normed, _keys, rows, worker);
        Project(weights.Value, weights.ValueBias, _normed, _values, rows, worker);
        _barrier.Wait();
        Place(step, layer, worker);
        _barrier.Wait();
        Mix(step, layer, worker);
        _barrier.Wait();
        Multiply(weights.Output, _mixed, _stream, rows, add: true, worker);
        _barrier.Wait();
    }

    void Feed(Step step, LayerWeights weights, int worker)
    {
        var rows = step.Rows.Count;
        Normalize(rows, weights.MlpNorm, worker);
        _barrier.Wait();
        Multiply(weights.Gate, _normed, _gate, rows, add: false, worker);
        Multiply(weights.Up, _normed, _up, rows, add: false, worker);
        var (from, to) = Share(_config.IntermediateSize, Lanes.Width, worker);
        for (var row = 0; row < rows; row++)
        {
            GatedUnit.Apply(Row(_gate, row, _config.IntermediateSize)[from..to], Row(_up, row, _config.IntermediateSize)[from..to]);
        }

        _barrier.Wait();
        Multiply(weights.Down, _gate, _stream, rows, add: true, worker);
        _barrier.Wait();
    }

    void Answer(Step step, int first, int count, int worker)
    {
        for (var i = worker; i < count; i += _workers)
        {
            var row = Row(_stream, step.Answers[first + i], _config.HiddenSize);
            RmsNorm.Apply(row, _weights.Norm, _config.NormEpsilon, Row(_normed, i, _config.HiddenSize));
        }

        _barrier.Wait();
        Multiply(_weights.Head, _normed, _logits, count, add: false, worker);
        _barrier.Wait();
        for (var i = worker; i < count; i += _workers)
        {
            var row = step.Rows[step.Answers[first + i]];
            row.Sequence.Take(row.Position, Row(_logits, i, _config.VocabularySize));
        }

        _barrier.Wait();
    }

    void Normalize(int rows, float[] norm, int worker)
    {
        var (from, to) = Share(rows, 1, worker);
        for (var row = from; row < to; row++)
        {
            RmsNorm.Apply(Row(_stream, row, _config.HiddenSize), norm, _config.NormEpsilon, Row(_normed, row, _config.HiddenSize));
        }
    }

    void Project(WeightMatrix weights, float[]? bias, AlignedFloats x, AlignedFloats y, int rows, int worker)
    {
        if (bias is not null)
        {
            var (from, to) = Share(weights.Outputs, Lanes.Width, worker);
            for (var row = 0; row < rows; row++)
            {
                bias.AsSpan(from, to - from).CopyTo(Row(y, row, weights.Outputs)[from..]);
            }
        }

        Multiply(weights, x, y, rows, bias is not null, worker);
    }

    void Multiply(WeightMatrix weights, AlignedFloats x, AlignedFloats y, int rows, bool add, int worker)
    {
        var (from, to) = Share(weights.Outputs, Lanes.Width, worker);
        if (from < to)
        {
            MatrixProduct.Multiply(weights, x.Span, rows, y.Span, from, to, add, _scratch[worker].Span);
        }
    }

    // Whole vectors, but for the last: no two workers write to one cache line.
    (int From, int To) Share(int count, int unit, int worker)
    {
        var units = (count + unit - 1) / unit;
        return (units * worker / _workers * unit, Math.Min(count, units * (worker + 1) / _workers * unit));
    }

    static Span<float> Row(AlignedFloats numbers, int row, int width) => numbers.Span.Slice(row * width, width);
}
