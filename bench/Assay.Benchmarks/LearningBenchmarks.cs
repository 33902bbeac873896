using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Assay.Learning.Networks;

namespace Assay.Benchmarks;

/// <summary>100,000 x 20, 20-64-32-1, Adam 1e-3, 10 epochs: the loss of the last epoch must be near the peer's.</summary>
static class LearningBenchmarks
{
    const int Rows = 100_000;
    const int Epochs = 10;

    // Forward and the gradient by the weights take every weight once each per row, the gradient by the inputs all but the first layer's.
    const double FlopsPerRow = 2.0 * ((2 * ((20 * 64) + (64 * 32) + 32)) + (64 * 32) + 32);

    public static IEnumerable<Benchmark> All =>
    [
        new("Learning", "train 100k x 20, batch 32", "mlp_sklearn", 4, peers => Train(peers, Options(32))),
        new("Learning", "train 100k x 20, batch 32, beside PyTorch", "torch_b32", 1, peers => Train(peers, TorchOptions(32))),
        new("Learning", "train 100k x 20, batch 1024", "torch_b1024", 1, peers => Train(peers, TorchOptions(1024))),
        new("Learning", "predict 1M rows", "torch_infer", 1, Predict),
        new("Learning", "GFLOP/s of training, batch 1024, of the core's peak", null, 1, Speed),
    ];

    static SequentialOptions Options(int batch) => new()
    {
        Layers = [new Dense(64, Activation.Relu), new Dense(32, Activation.Relu), new Dense(1, Activation.Sigmoid)],
        Loss = Loss.BinaryCrossentropy,
        Epochs = Epochs,
        BatchSize = batch,
    };

    // torch.nn.Linear draws kernel and bias within 1 / sqrt(fan in); its Adam adds an epsilon of 1e-8 after the root.
    static SequentialOptions TorchOptions(int batch) => Options(batch) with
    {
        Layers = [TorchLinear(20, 64, Activation.Relu), TorchLinear(64, 32, Activation.Relu), TorchLinear(32, 1, Activation.Sigmoid)],
        Optimizer = new Adam(Epsilon: 1e-8, Placement: EpsilonPlacement.PyTorch),
    };

    static Dense TorchLinear(int inputs, int units, Activation activation)
    {
        var draw = new RandomUniform(-1 / Math.Sqrt(inputs), 1 / Math.Sqrt(inputs));
        return new Dense(units, activation) { KernelInitializer = draw, BiasInitializer = draw };
    }

    static Func<object?> Train(PeerData peers, SequentialOptions options)
    {
        var features = peers.Read<float>("train100k_x.f32");
        var labels = Array.ConvertAll(peers.Read<byte>("train100k_y.u8"), label => (int)label);
        return () => new Sequential(20, options, 1).Fit(features, labels, null, CancellationToken.None).Epochs[^1].Loss;
    }

    static Func<object?> Predict(PeerData peers)
    {
        var rows = peers.Read<float>("train100k_x.f32");
        var features = Enumerable.Repeat(rows, 10).SelectMany(row => row).ToArray();
        var network = new Sequential(20, Options(32), 1);
        return () => network.Predict(features, CancellationToken.None).Length;
    }

    static Func<object?> Speed(PeerData peers)
    {
        var train = Train(peers, TorchOptions(1024));
        return () =>
        {
            var reached = FlopsPerRow * Rows * Epochs / Seconds(() => train());
            var peak = Peak();
            return FormattableString.Invariant($"{reached / 1e9:F0} of {peak / 1e9:F0} GFLOP/s, {reached / peak:P0}");
        };
    }

    static double Peak()
    {
        const int Steps = 20_000_000;
        const int InFlight = 10;
        var seconds = Seconds(() => MultiplyAdds(Steps));
        return InFlight * 2.0 * Vector512<float>.Count * Steps / seconds;
    }

    // Of registers only, enough of them in flight; compiled at once, since code that is replaced while it runs keeps its sums in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Vector512<float> MultiplyAdds(int steps)
    {
        var (a, b) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        var (s0, s1, s2, s3, s4, s5, s6, s7, s8, s9) = (a, b, a, b, a, b, a, b, a, b);
        for (var i = 0; i < steps; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, a, b);
            s1 = Vector512.FusedMultiplyAdd(s1, a, b);
            s2 = Vector512.FusedMultiplyAdd(s2, a, b);
            s3 = Vector512.FusedMultiplyAdd(s3, a, b);
            s4 = Vector512.FusedMultiplyAdd(s4, a, b);
            s5 = Vector512.FusedMultiplyAdd(s5, a, b);
            s6 = Vector512.FusedMultiplyAdd(s6, a, b);
            s7 = Vector512.FusedMultiplyAdd(s7, a, b);
            s8 = Vector512.FusedMultiplyAdd(s8, a, b);
            s9 = Vector512.FusedMultiplyAdd(s9, a, b);
        }

        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9;
    }

    static double Seconds(Action work)
    {
        var start = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
