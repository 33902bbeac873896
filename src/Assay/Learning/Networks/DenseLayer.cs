using System.Numerics.Tensors;

namespace Assay.Learning.Networks;

// kernel [Inputs, Units], then bias [Units]. Only relu is done here, in the same breath; other activations are layers of their own.
sealed class DenseLayer : Layer
{
    readonly Dense _options;
    readonly Variable _kernel;
    readonly Variable _bias;
    readonly bool _relu;

    public DenseLayer(int inputs, Dense options, int offset, bool relu)
        : base(inputs, options.Units)
    {
        (_options, _relu) = (options, relu);
        _kernel = new Variable("kernel", offset, inputs, Units, Width, false);
        _bias = new Variable("bias", offset + _kernel.Length, 1, Units, Width, true);
    }

    public override IReadOnlyList<Variable> Variables => _options.UseBias ? [_kernel, _bias] : [_kernel];

    // The kernel transposed.
    public override int Scratch => Units * Kernels.Padded(Inputs);

    public override void Initialise(float[] weights, SeededRandom random)
    {
        _kernel.Fill(weights, _options.KernelInitializer, random, Inputs, Units);
        if (_options.UseBias)
        {
            _bias.Fill(weights, _options.BiasInitializer, random, Units, Units);
        }
    }

    public override void Forward(in LayerPass pass)
    {
        ReadOnlySpan<float> bias = _options.UseBias ? _bias.In(pass.Weights) : [];
        Kernels.Multiply(pass.Input, pass.InputStride, _kernel.In(pass.Weights), bias, pass.Output, pass.Rows, Inputs, Width, _relu ? 0 : float.NegativeInfinity);
    }

    public override void Backward(in LayerPass pass)
    {
        var delta = pass.OutputGradient;
        if (_relu)
        {
            Activations.ReluBackward(pass.Output, delta);
        }

        Kernels.MultiplyTransposed(pass.Input, pass.InputStride, delta, _kernel.In(pass.WeightGradient), Inputs, pass.Rows, Width);
        if (_options.UseBias)
        {
            Kernels.ColumnSums(delta, pass.Rows, _bias.In(pass.WeightGradient));
        }

        if (!pass.InputGradient.IsEmpty)
        {
            var transposed = pass.Scratch;
            Kernels.Transpose(_kernel.In(pass.Weights), Inputs, Units, Width, transposed, pass.InputStride);
            Kernels.Multiply(delta, Width, transposed, [], pass.InputGradient, pass.Rows, Units, pass.InputStride);
        }
    }

    public override bool HasPenalty => _options.KernelRegularizer is not null || (_options.UseBias && _options.BiasRegularizer is not null);

    public override double Penalise(float[] weights, float[]? gradient) =>
        Penalty(_options.KernelRegularizer, _kernel, weights, gradient) + (_options.UseBias ? Penalty(_options.BiasRegularizer, _bias, weights, gradient) : 0);

    static double Penalty(L1L2? regularizer, Variable variable, float[] allWeights, float[]? allGradient)
    {
        if (regularizer is null)
        {
            return 0;
        }

        var weights = variable.In(allWeights);
        var gradient = allGradient is null ? [] : variable.In(allGradient);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] += (float)((regularizer.L1 * MathF.Sign(weights[i])) + (2 * regularizer.L2 * weights[i]));
        }

        return (regularizer.L1 * TensorPrimitives.SumOfMagnitudes<float>(weights)) + (regularizer.L2 * TensorPrimitives.SumOfSquares<float>(weights));
    }
}
