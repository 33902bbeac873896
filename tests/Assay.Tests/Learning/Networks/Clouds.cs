using Assay.Learning;

namespace Assay.Tests.Learning.Networks;

/// <summary>A cloud of rows per class, two standard deviations apart, made by seed.</summary>
static class Clouds
{
    public static (float[] Features, int[] Labels) Rows(int rows, int inputs, int classes)
    {
        var random = new SeededRandom(77);
        var labels = Enumerable.Range(0, rows).Select(_ => random.Next(classes)).ToArray();
        return ([.. labels.SelectMany(label => Enumerable.Range(0, inputs).Select(i => (float)(random.NextNormal() + (i % classes == label ? 2 : 0))))], labels);
    }

    public static Examples Examples(float[] features, int[] labels, int inputs, int classes) => new()
    {
        Features = features,
        Inputs = inputs,
        Targets = [.. labels.Select(label => (float)label)],
        Shape = new TargetShape(TargetKind.Classes, classes),
    };
}
