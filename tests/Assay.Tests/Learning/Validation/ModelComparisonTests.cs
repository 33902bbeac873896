using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Validation;

namespace Assay.Tests.Learning.Validation;

public class ModelComparisonTests
{
    static readonly ImmutableArray<double> _zeros = [.. new double[10]];

    [Fact]
    public void A_clear_difference_has_a_direction_by_the_kind_of_score()
    {
        ImmutableArray<double> scores = [.01, .02, -.005, .015, .01, .03, .0, .012, .008, .02];
        var better = ModelComparison.Of(("logistic", scores), ("majority", _zeros), FoldSummaryTests.Ten);
        Assert.Equal(0.02940661202752392, better.Test.PValue, 1e-10);
        Assert.Equal("logistic is better than majority: the difference is 0.012 [0.0015, 0.0225], p = 0.029, 10 folds.", better.Sentence);
        var worse = ModelComparison.Of(("logistic", scores), ("majority", _zeros), FoldSummaryTests.Ten, higherIsBetter: false);
        Assert.StartsWith("logistic is worse than majority", worse.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_within_chance_is_indistinguishable()
    {
        var chance = ModelComparison.Of(("a", [.1, -.1, .2, -.2, .1, -.1, .1, -.1, .2, -.15]), ("b", _zeros), FoldSummaryTests.Ten);
        Assert.StartsWith("a and b are indistinguishable", chance.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Undefined_folds_are_counted_and_too_few_are_said()
    {
        var some = ModelComparison.Of(("a", [.1, double.NaN, .2, -.2, .1, -.1, .1, -.1, .2, -.15]), ("b", _zeros), FoldSummaryTests.Ten);
        Assert.Equal((1, 9), (some.Undefined, some.Test.N));
        Assert.EndsWith("1 folds have no score of both and are left out.", some.Sentence, StringComparison.Ordinal);
        var none = ModelComparison.Of(("a", [.. Enumerable.Repeat(double.NaN, 10)]), ("b", _zeros), FoldSummaryTests.Ten);
        Assert.StartsWith("a and b cannot be told apart: a test needs at least two folds.", none.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("a and b score the same in every fold.", ModelComparison.Of(("a", _zeros), ("b", _zeros), FoldSummaryTests.Ten).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_of_other_rows_cannot_be_paired()
    {
        var folds = Folds(KFold.Split(20, 4, 1));
        Assert.Equal(4, ModelComparison.Of(("a", folds), ("b", folds), fold => fold.Number).Test.N);
        Assert.Throws<ArgumentException>(() => ModelComparison.Of(("a", folds), ("b", Folds(KFold.Split(20, 4, 2))), fold => fold.Number));
    }

    static ImmutableArray<FoldResult> Folds(ImmutableArray<Split> splits) => [.. splits.Select((split, i) => new FoldResult(i + 1, split, null!, []))];
}
