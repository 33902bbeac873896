using System.Numerics.Tensors;

namespace Assay.Learning.Linear;

// The penalised loss of a logistic or softmax regression with its first and second derivatives, in one pass over the rows. Parameters are
// one padded row per score: coefficients of the centred features, the intercept, zeros.
sealed class LogisticObjective
{
    const int BlockRows = 64;

    readonly TrainingRows _rows;
    readonly int[] _labels;
    readonly double _l2;
    readonly double[] _block;
    readonly double[] _weighted;
    readonly double[] _probabilities;
    readonly double[] _scratch = new double[2 * BlockRows];

    /// <param name="rows">Centred features and weights.</param>
    /// <param name="labels">From 0; below 2 for one score.</param>
    /// <param name="scores">1, or one per class.</param>
    /// <param name="l2">Penalty.</param>
    public LogisticObjective(TrainingRows rows, int[] labels, int scores, double l2)
    {
        (_rows, _labels, _l2, Scores) = (rows, labels, l2, scores);
        Stride = Gram.Stride(rows.Inputs + 1);
        Gradient = new double[scores * Stride];
        Hessian = new double[Gradient.Length * Gradient.Length];
        _block = new double[BlockRows * Stride];
        _weighted = new double[BlockRows * Stride];
        _probabilities = new double[BlockRows * scores];
    }

    public int Scores { get; }

    /// <summary>Parameters per score, padding included.</summary>
    public int Stride { get; }

    /// <summary>Of the last evaluation.</summary>
    public double[] Gradient { get; }

    /// <summary>Of the last evaluation: the upper triangle, row by row.</summary>
    public double[] Hessian { get; }

    /// <summary>Whether at the last evaluation every row's own class had the largest score.</summary>
    public bool Separated { get; private set; }

    public double Evaluate(ReadOnlySpan<double> parameters, CancellationToken cancellationToken)
    {
        Array.Clear(Gradient);
        Array.Clear(Hessian);
        Separated = true;
        var loss = 0.0;
        for (var start = 0; start < _labels.Length; start += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss += AddBlock(parameters, start, Math.Min(BlockRows, _labels.Length - start));
        }

        MirrorBlocks();
        loss += AddPenalty(parameters);
        AnchorSum();
        return loss;
    }

    double AddBlock(ReadOnlySpan<double> parameters, int start, int rows)
    {
        _rows.CopyCentred(start, rows, Stride, _block);
        var block = _block.AsSpan(0, rows * Stride);
        for (var at = _rows.Inputs; at < block.Length; at += Stride)
        {
            block[at] = 1;
        }

        var probabilities = _probabilities.AsSpan(0, rows * Scores);
        for (var score = 0; score < Scores; score++)
        {
            var own = parameters.Slice(score * Stride, Stride);
            for (var row = 0; row < rows; row++)
            {
                probabilities[(score * rows) + row] = TensorPrimitives.Dot(block.Slice(row * Stride, Stride), own);
            }
        }

        var labels = _labels.AsSpan(start, rows);
        var weights = _rows.Weights.AsSpan(start, rows);
        var (loss, separated) = LogisticLink.Apply(probabilities, labels, weights, _scratch);
        Separated &= separated;
        AddGradient(block, probabilities, labels, weights);
        AddHessian(block, probabilities, weights);
        return loss;
    }

    void AddGradient(ReadOnlySpan<double> block, ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights)
    {
        for (var score = 0; score < Scores; score++)
        {
            var (label, first) = (Scores == 1 ? 1 : score, score * labels.Length);
            var gradient = Gradient.AsSpan(score * Stride, Stride);
            for (var row = 0; row < labels.Length; row++)
            {
                var error = probabilities[first + row] - (labels[row] == label ? 1 : 0);
                TensorPrimitives.MultiplyAdd(block.Slice(row * Stride, Stride), weights[row] * error, gradient, gradient);
            }
        }
    }

    // Block (a, b) of the Hessian is Σ weight p_a ([a = b] - p_b) x xᵀ.
    void AddHessian(ReadOnlySpan<double> block, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> weights)
    {
        var rows = weights.Length;
        var weighted = _weighted.AsSpan(0, block.Length);
        for (var a = 0; a < Scores; a++)
        {
            for (var b = a; b < Scores; b++)
            {
                var diagonal = a == b ? 1 : 0;
                for (var row = 0; row < rows; row++)
                {
                    var weight = weights[row] * probabilities[(a * rows) + row] * (diagonal - probabilities[(b * rows) + row]);
                    TensorPrimitives.Multiply(block.Slice(row * Stride, Stride), weight, weighted.Slice(row * Stride, Stride));
                }

                Gram.Add(weighted, block, Stride, Hessian.AsSpan((a * Stride * Gradient.Length) + (b * Stride)), Gradient.Length);
            }
        }
    }

    // Off the diagonal a block lies wholly in the upper triangle, and only its own upper half was summed.
    void MirrorBlocks()
    {
        for (var (a, size) = (0, Gradient.Length); a < size; a += Stride)
        {
            for (var b = a + Stride; b < size; b += Stride)
            {
                for (var i = 0; i < Stride; i++)
                {
                    for (var j = 0; j < i; j++)
                    {
                        Hessian[((a + i) * size) + b + j] = Hessian[((a + j) * size) + b + i];
                    }
                }
            }
        }
    }

    double AddPenalty(ReadOnlySpan<double> parameters)
    {
        var penalty = 0.0;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i % Stride < _rows.Inputs)
            {
                penalty += _l2 / 2 * parameters[i] * parameters[i];
                Gradient[i] += _l2 * parameters[i];
                Hessian[(i * Gradient.Length) + i] += _l2;
            }
        }

        return penalty;
    }

    // The same added to every class's score changes no probability, so the Hessian is singular along it. The gradient has no part along it
    // (and the penalty's is 0 where the classes' coefficients sum to 0, as they do from the start): any curvature there gives the same steps.
    void AnchorSum()
    {
        var size = Gradient.Length;
        for (var feature = 0; Scores > 1 && feature <= _rows.Inputs; feature++)
        {
            var curvature = Hessian[(feature * size) + feature] / Scores;
            for (var a = feature; a < size; a += Stride)
            {
                for (var b = a; b < size; b += Stride)
                {
                    Hessian[(a * size) + b] += curvature;
                }
            }
        }
    }
}
