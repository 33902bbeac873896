using Assay.Learning.Networks;

namespace Assay.Benchmarks;

/// <summary>100,000 x 20, 20-64-32-1, Adam 1e-3, 10 epochs: the loss of the last epoch must be near the peer's.</summary>
static class LearningBenchmarks
{
    public static IEnumerable<Benchmark> All =>
    [
        new("Learning", "train 100k x 20, batch 32", "mlp_sklearn", 4, peers => Train(peers, 32)),
        new("Learning", "train 100k x 20, batch 1024", "torch_b1024", 1, peers => Train(peers, 1024)),
        new("Learning", "predict 1M rows", "torch_infer", 1, Predict),
    ];

    static SequentialOptions Options(int batch) => new()
    {
        Layers = [new Dense(64, Activation.Relu), new Dense(32, Activation.Relu), new Dense(1, Activation.Sigmoid)],
        Loss = Loss.BinaryCrossentropy,
        Epochs = 10,
        BatchSize = batch,
    };

    static Func<object?> Train(PeerData peers, int batch)
    {
        var features = peers.Read<float>("train100k_x.f32");
        var labels = Array.ConvertAll(peers.Read<byte>("train100k_y.u8"), label => (int)label);
        return () => new Sequential(20, Options(batch), 1).Fit(features, labels, null, CancellationToken.None).Epochs[^1].Loss;
    }

    static Func<object?> Predict(PeerData peers)
    {
        var rows = peers.Read<float>("train100k_x.f32");
        var features = Enumerable.Repeat(rows, 10).SelectMany(row => row).ToArray();
        var network = new Sequential(20, Options(32), 1);
        return () => network.Predict(features, CancellationToken.None).Length;
    }
}
