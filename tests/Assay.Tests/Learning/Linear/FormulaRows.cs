using Assay.Learning;

namespace Assay.Tests.Learning.Linear;

/// <summary>Sixty rows of four features by a formula that numpy computes likewise, so that scikit-learn 1.2.1 sees the same numbers.</summary>
static class FormulaRows
{
    public const int Count = 60;

    public const int Inputs = 4;

    public static float[] Features { get; } = [.. from i in Enumerable.Range(0, Count) from j in Enumerable.Range(0, Inputs)
                                                  select ((i * i * 7) + (i * 13 * (j + 1)) + (j * j * 29) + (i * j * j * 3)) % 101 / 16f];

    /// <summary>1, 2, 3, 4, 1, ...</summary>
    public static float[] Weights { get; } = [.. Enumerable.Range(0, Count).Select(i => 1f + (i % 4))];

    public static float[] Numbers { get; } = [.. Enumerable.Range(0, Count).Select(i => (((i * 37) + 11) % 53 / 8f) + (X(i, 0) * 2) - X(i, 2))];

    public static float[] TwoNumbers { get; } = [.. Enumerable.Range(0, Count).SelectMany(i => (float[])[Numbers[i], X(i, 1) - (i * 17 % 23 / 4f)])];

    public static float[] TwoClasses { get; } = [.. Enumerable.Range(0, Count).Select(i => (i * 37 % 11) + (X(i, 0) / 2) > 6 ? 1f : 0)];

    public static float[] ThreeClasses { get; } = [.. Enumerable.Range(0, Count).Select(i => (float)((int)((i * i * 3) + (X(i, 1) * 2)) % 3))];

    public static Examples ForNumbers(float[] targets, int outputs = 1) => new() { Features = Features, Inputs = Inputs, Targets = targets, Shape = new(TargetKind.Numbers, outputs) };

    public static Examples ForClasses(float[] targets, int classes) => new() { Features = Features, Inputs = Inputs, Targets = targets, Shape = new(TargetKind.Classes, classes) };

    /// <summary>The same rows with columns added.</summary>
    public static Examples WithColumns(this Examples examples, params Func<int, float>[] columns) => examples with
    {
        Inputs = Inputs + columns.Length,
        Features = [.. Enumerable.Range(0, examples.Rows).SelectMany(i => (float[])[.. examples.Features.AsSpan(i * Inputs, Inputs), .. columns.Select(column => column(i))])],
    };

    public static T Fit<T>(this ModelOptions options, Examples examples)
        where T : FittedModel => Assert.IsType<T>(options.Fit(examples, new FitOptions(), TestContext.Current.CancellationToken));

    public static float X(int row, int feature) => Features[(row * Inputs) + feature];

    public static void AssertNear(IReadOnlyList<double> expected, IReadOnlyList<double> found, double tolerance)
    {
        Assert.Equal(expected.Count, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
