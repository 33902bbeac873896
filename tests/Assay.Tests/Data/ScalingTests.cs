using System.Text.Json;
using Assay.Data;

namespace Assay.Tests.Data;

// Reference values: sklearn 1.2.1, each scaler fitted on _training and applied to _others.
public class ScalingTests
{
    static readonly double[] _training = [1.5, double.NaN, -2, 7.25, 1000, 3, 3, 2];
    static readonly double[] _others = [-5, -2, 0, 1.5, 3, 5, 100, 1000, 2000];

    public static TheoryData<PreparationStep, double[]> Scales => new()
    {
        { new MinMax(ColumnSelector.All), [-0.0029940119760479044, 0.0, 0.001996007984031936, 0.0034930139720558877, 0.00499001996007984, 0.006986027944111776, 0.10179640718562873, 1.0, 1.998003992015968] },
        { new MinMax(ColumnSelector.All, -1, 1), [-1.0059880239520957, -1.0, -0.9960079840319361, -0.9930139720558883, -0.9900199600798403, -0.9860279441117764, -0.7964071856287426, 1, 2.996007984031936] },
        { new RobustScale(ColumnSelector.All), [-2.3703703703703702, -1.4814814814814814, -0.8888888888888888, -0.4444444444444444, 0.0, 0.5925925925925926, 28.74074074074074, 295.4074074074074, 591.7037037037037] },
        { new QuantileScale(ColumnSelector.All), [0.0, 0.0, 0.09523809523809523, 0.2261904761904762, 0.5714285714285714, 0.7150605804451957, 0.8087489433643282, 1.0, 1.0] },
        { new QuantileScale(ColumnSelector.All, 4), [0.0, 0.0, 0.16666666666666669, 0.29166666666666663, 0.6666666666666666, 0.6673353393513874, 0.6990972918756269, 1.0, 1.0] },
        { new QuantileScale(ColumnSelector.All, 1000, Normal: true), [-5.199337582605575, -5.199337582605575, -1.309171716785777, -0.7514515438490051, 0.18001236979270496, 0.5682299473002447, 0.8732953521319753, 5.19933758270342, 5.19933758270342] },
        { new LogScale(ColumnSelector.Named("positive")), [0.5, 1e-10] },
        { new Clip(ColumnSelector.All, -2, 4), [-2, -2, 0, 1.5, 3, 4, 4, 4, 4] },
    };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Scales_are_those_of_scikit_learn(PreparationStep step, double[] expected)
    {
        if (step is LogScale)
        {
            var table = Numbers("positive", [Math.Exp(0.5) - 1, 1e-10]);
            AssertNear(expected, Preparation.Fit(table, [step]).Apply(table).Values);
            return;
        }

        // The missing cell is not learnt from, and is filled afterwards.
        var fitted = Preparation.Fit(Numbers("x", _training), [step, new Impute(ColumnSelector.All, ImputeStrategy.Constant, "0")]);
        AssertNear(expected, fitted.Apply(Numbers("x", _others)).Values);
        var back = JsonSerializer.Deserialize<FittedPreparation>(JsonSerializer.Serialize(fitted))!;
        Assert.Equal(fitted.Apply(Numbers("x", _others)).Values, back.Apply(Numbers("x", _others)).Values);
    }

    [Fact]
    public void A_constant_is_not_divided_by_nothing()
    {
        var table = Numbers("x", [5, 5, 5]);
        Assert.Equal([0, 0, 0], Preparation.Fit(table, [new MinMax(ColumnSelector.All)]).Apply(table).Values);
        Assert.Equal([0, 0, 0], Preparation.Fit(table, [new RobustScale(ColumnSelector.All)]).Apply(table).Values);
        Assert.All(Preparation.Fit(table, [new QuantileScale(ColumnSelector.All)]).Apply(table).Values, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_logarithm_of_minus_one_is_refused_with_its_row() => Assert.StartsWith(
        "Row 2: column 'x' is -1,",
        Assert.Throws<UserErrorException>(() => Preparation.Fit(Numbers("x", [0, -1]), [new LogScale(ColumnSelector.All)])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Categories_are_not_scaled() => Assert.StartsWith(
        "Column 'c' holds categories; found in 'prepare', step {robust: [c]}.",
        Assert.Throws<UserErrorException>(() => Preparation.Fit(new Table([CategoryColumn.FromTexts("c", ["a"])]), [new RobustScale(ColumnSelector.Named("c"))])).Message,
        StringComparison.Ordinal);

    static Table Numbers(string name, double[] values) => new([new NumericColumn(name, ColumnKind.Number, values)]);

    // Features are float32: 24 bits.
    static void AssertNear(double[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second, pair.First - (6e-8 * Math.Abs(pair.First)) - 1e-12, pair.First + (6e-8 * Math.Abs(pair.First)) + 1e-12));
    }
}
