namespace Assay.Tests.Learning.Calibration;

/// <summary>Eighty scored rows by a formula that numpy computes likewise, so that scikit-learn 1.2.1 sees the same numbers.</summary>
static class FormulaScores
{
    public const int Count = 80;

    public static double[] Scores { get; } = [.. Enumerable.Range(0, Count).Select(i => ((((i * 37) + 11) % 63) + 1) / 64.0)];

    public static bool[] Positive { get; } = [.. Enumerable.Range(0, Count).Select(i => i * 17 % 10 / 10.0 < Scores[i])];

    public static double[] Targets { get; } = [.. Positive.Select(yes => yes ? 1.0 : 0)];

    /// <summary>1, 2, 3, 1, ...</summary>
    public static double[] Weights { get; } = [.. Enumerable.Range(0, Count).Select(i => 1.0 + (i % 3))];

    public static float[] TwoClasses { get; } = [.. Scores.SelectMany(score => (float[])[(float)(1 - score), (float)score])];

    public static int[] Labels { get; } = [.. Positive.Select(yes => yes ? 1 : 0)];

    public static float[] ThreeClasses { get; } = [.. Enumerable.Range(0, Count).SelectMany(Three)];

    public static int[] ThreeLabels { get; } = [.. Enumerable.Range(0, Count).Select(i => ((i * i) + (3 * i)) % 7 % 3)];

    static IEnumerable<float> Three(int i)
    {
        double[] parts = [(((i * 37) + 11) % 13) + 1, (((i * 29) + 5) % 11) + 1, (((i * 17) + 3) % 7) + 1];
        return parts.Select(part => (float)(Math.Floor(part / parts.Sum() * 64) / 64));
    }
}
