using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning;

/// <summary>A table in the manner of iris, made by seed, and a training that learns it.</summary>
static class Flowers
{
    public static SequentialOptions Network { get; } = new()
    {
        Layers = [new Dense(12, Activation.Relu), new Dense(3, Activation.Softmax)],
        Loss = Loss.CategoricalCrossentropy,
        Optimizer = new Adam(0.02),
        Epochs = 20,
        BatchSize = 16,
    };

    public static TrainingOptions Training { get; } = new()
    {
        Target = "species",
        Exclude = ["id"],
        Prepare = [new Standardize(ColumnSelector.Numeric), new OneHot(ColumnSelector.Categorical)],
        Model = Network,
        Seed = 4,
    };

    public static Table Table(int rows = 150, int species = 3)
    {
        var random = new SeededRandom(9);
        var kinds = Enumerable.Range(0, rows).Select(i => i % species).ToArray();
        return new Table([
            new NumericColumn("id", ColumnKind.Integer, [.. kinds.Select((_, i) => (double)i)]),
            new NumericColumn("length", ColumnKind.Number, [.. kinds.Select(kind => 5 + kind + (0.4 * random.NextNormal()))]),
            new NumericColumn("width", ColumnKind.Number, [.. kinds.Select(kind => 3 - (0.5 * kind) + (0.3 * random.NextNormal()))]),
            CategoryColumn.FromTexts("colour", [.. kinds.Select(kind => random.Next(3) == kind ? "red" : "blue")]),
            CategoryColumn.FromTexts("species", [.. kinds.Select(kind => "setosa,versicolor,virginica".Split(',')[kind])]),
        ]);
    }

    public static double Accuracy(Table rows, float[] probabilities)
    {
        var labels = ClassLabels.Of(rows["species"]).Codes;
        return probabilities.Chunk(probabilities.Length / labels.Length).Zip(labels).Average(pair => pair.First.IndexOf(pair.First.Max()) == pair.Second ? 1.0 : 0);
    }

    // The chunk is an array; its index of a value.
    static int IndexOf(this float[] values, float value) => Array.IndexOf(values, value);
}
