using Assay.Learning;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

public class BadInputTests
{
    static readonly SequentialOptions _binary = new() { Layers = [new Dense(4, Activation.Relu), new Dense(1, Activation.Sigmoid)], Loss = Loss.BinaryCrossentropy };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_feature_that_is_no_number_names_its_row_and_place(float value)
    {
        var (features, labels) = Clouds.Rows(50, 4, 2);
        features[(17 * 4) + 2] = value;
        Told("Feature 3 of row 18", () => new Sequential(4, _binary, 1).Fit(features, labels, null, Token));
        Told("Feature 3 of row 18", () => new Sequential(4, _binary, 1).Evaluate(features, labels));
    }

    [Fact]
    public void A_target_that_is_no_number_names_its_row()
    {
        var options = new SequentialOptions { Layers = [new Dense(2)], Loss = new MeanSquaredError() };
        Told("target of row 2", () => new Sequential(1, options, 1).Fit([1, 2, 3], (float[])[1, 2, 3, float.NaN, 5, 6], null, Token));
    }

    [Fact]
    public void A_negative_weight_names_its_row()
    {
        var (features, labels) = Clouds.Rows(50, 4, 2);
        var examples = Clouds.Examples(features, labels, 4, 2) with { Weights = [.. Enumerable.Range(0, 50).Select(i => i == 7 ? -1f : 1)] };
        Told("weight of row 8", () => new Sequential(4, _binary, 1).Fit(examples, null, Token));
    }

    // Its standardised numbers are all zero, its batch variance is zero.
    [Fact]
    public void A_constant_column_harms_nothing()
    {
        var (features, labels) = Clouds.Rows(50, 4, 2);
        for (var row = 0; row < 50; row++)
        {
            features[(row * 4) + 1] = 3;
        }

        var options = _binary with { Layers = [new BatchNormalization(), .. _binary.Layers], Epochs = 3 };
        Assert.All(new Sequential(4, options, 1).Fit(features, labels, null, Token).Epochs, epoch => Assert.True(double.IsFinite(epoch.Loss)));
    }

    [Fact]
    public void A_category_that_the_embedding_does_not_have_names_its_row()
    {
        var options = _binary with { Layers = [new Embedding(1, 3, 2), .. _binary.Layers] };
        Told("Feature 2 of row 2", () => new Sequential(2, options, 1).Fit([0, 2, 0, 3], (int[])[0, 1], null, Token));
        Told("feature 5", () => _ = new Sequential(2, options with { Layers = [new Embedding(5, 3, 2), .. _binary.Layers] }, 1));
    }

    [Fact]
    public void Layers_that_cannot_work_are_told_all_at_once()
    {
        var options = _binary with
        {
            Layers =
            [
                new Dense(4) { KernelRegularizer = new L1L2(-1) }, new Dropout(1), new BatchNormalization(1), new LayerNormalization(0), new Embedding(0, 2, 2),
                new Dense(3) { KernelInitializer = new RandomNormal(0, -1) }, new Dense(1, Activation.Sigmoid),
            ],
            ClassWeights = [1],
            EarlyStopping = new EarlyStopping("val_los", -1),
            ReduceOnPlateau = new ReduceOnPlateau("mean_squared_error", 2),
        };
        Assert.Equal(11, options.Problems(2).Length);
    }

    [Fact]
    public void A_loss_that_does_not_suit_the_target_says_what_would()
    {
        var numbers = new TargetShape(TargetKind.Numbers, 2);
        Assert.Contains("mean_squared_error", Assert.Single((_binary with { Loss = Loss.CategoricalCrossentropy }).Problems(numbers)), StringComparison.Ordinal);
        Assert.Contains("binary_crossentropy", Assert.Single((_binary with { Loss = new MeanSquaredError() }).Problems(2)), StringComparison.Ordinal);
        Assert.Contains("units: 2, activation: sigmoid", Assert.Single((_binary with { Loss = new Huber() }).Problems(numbers)), StringComparison.Ordinal);
        Assert.Contains("no dense layer", Assert.Single((_binary with { Layers = [new Dropout(0.1)] }).Problems(2)), StringComparison.Ordinal);
        Assert.Contains("1 linear", Assert.Single((_binary with { Loss = new BinaryCrossentropy(FromLogits: true) }).Problems(2)), StringComparison.Ordinal);
    }

    static void Told(string part, Action act) => Assert.Contains(part, Assert.Throws<UserErrorException>(act).Message, StringComparison.Ordinal);
}
