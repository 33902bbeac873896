using Assay.Learning;
using Assay.Learning.Baselines;
using Assay.Tests.Learning.Linear;
using static Assay.Tests.Learning.Linear.FormulaRows;

namespace Assay.Tests.Learning.Baselines;

public class BaselineTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Majority_answers_the_weighted_shares_of_the_classes()
    {
        var model = new MajorityOptions().Fit<FittedBaseline>(ForClasses([0, 0, 0, 2], 3) with { Features = new float[16], Weights = [1, 1, 0, 6] });
        Assert.Equal([0.25f, 0, 0.75f, 0.25f, 0, 0.75f], model.Predict(new float[8], Token));
    }

    [Fact]
    public void Mean_and_median_answer_each_number()
    {
        var examples = ForNumbers([1, 10, 2, 20, 6, 60], 2) with { Features = new float[12] };
        Assert.Equal([3f, 30f], new MeanOptions().Fit<FittedBaseline>(examples).Predict(new float[4], Token));
        Assert.Equal([2f, 20f], new MeanOptions { Median = true }.Fit<FittedBaseline>(examples).Predict(new float[4], Token));
        Assert.Equal([1f, 10f], new MeanOptions { Median = true }.Fit<FittedBaseline>(examples with { Weights = [5, 1, 1] }).Predict(new float[4], Token));
        Assert.Equal([5f, 50f], new MeanOptions().Fit<FittedBaseline>(examples with { Weights = [1, 0, 4] }).Predict(new float[4], Token));
    }

    [Fact]
    public void The_other_kind_of_target_and_missing_targets_are_said()
    {
        Assert.Contains("Use 'mean'", Assert.Single(new MajorityOptions().Problems(new(TargetKind.Numbers, 1))), StringComparison.Ordinal);
        Assert.Contains("Use 'majority'", Assert.Single(new MeanOptions().Problems(new(TargetKind.Classes, 2))), StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => new MeanOptions().Fit<FittedBaseline>(ForNumbers([.. Numbers[1..], float.NaN])));
        Assert.Throws<UserErrorException>(() => new MajorityOptions().Fit<FittedBaseline>(ForClasses(TwoClasses, 2) with { Weights = new float[Count] }));
    }
}
