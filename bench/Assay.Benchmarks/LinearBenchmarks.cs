using Assay.Data;
using Assay.Learning;
using Assay.Learning.Linear;

namespace Assay.Benchmarks;

/// <summary>Linear models on the 100,000 x 20 of the networks: the accuracy over the folds must be the peer's.</summary>
static class LinearBenchmarks
{
    const int Inputs = 20;

    public static IEnumerable<Benchmark> All =>
    [
        new("Linear", "logistic regression, 5 folds of 100k x 20", "cv_logreg", 1, Folds),
        new("Linear", "least squares of 100k x 20", null, 1, LeastSquares),
    ];

    static Func<object?> Folds(PeerData peers)
    {
        var features = peers.Read<float>("train100k_x.f32");
        var labels = Array.ConvertAll(peers.Read<byte>("train100k_y.u8"), label => (int)label);
        return () => StratifiedKFold.Split(labels, 5, null).Average(split => Accuracy(features, labels, split));
    }

    static double Accuracy(float[] features, int[] labels, Split split)
    {
        var examples = new Examples
        {
            Features = Rows(features, split.Train),
            Inputs = Inputs,
            Targets = Array.ConvertAll(split.Train, row => (float)labels[row]),
            Shape = new(TargetKind.Classes, 2),
        };
        var probabilities = new LogisticOptions().Fit(examples, new FitOptions(), CancellationToken.None).Predict(Rows(features, split.Test));
        var right = 0;
        for (var i = 0; i < split.Test.Length; i++)
        {
            right += (probabilities[(2 * i) + 1] > 0.5 ? 1 : 0) == labels[split.Test[i]] ? 1 : 0;
        }

        return (double)right / split.Test.Length;
    }

    static Func<object?> LeastSquares(PeerData peers)
    {
        var examples = new Examples
        {
            Features = peers.Read<float>("train100k_x.f32"),
            Inputs = Inputs,
            Targets = Array.ConvertAll(peers.Read<byte>("train100k_y.u8"), label => (float)label),
            Shape = new(TargetKind.Numbers, 1),
        };
        return () => ((FittedLinear)new LinearOptions().Fit(examples, new FitOptions(), CancellationToken.None)).Intercepts[0];
    }

    static float[] Rows(float[] features, int[] rows)
    {
        var chosen = GC.AllocateUninitializedArray<float>(rows.Length * Inputs);
        for (var i = 0; i < rows.Length; i++)
        {
            features.AsSpan(rows[i] * Inputs, Inputs).CopyTo(chosen.AsSpan(i * Inputs));
        }

        return chosen;
    }
}
