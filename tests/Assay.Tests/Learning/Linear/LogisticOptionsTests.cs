using Assay.Learning;
using Assay.Learning.Linear;
using static Assay.Tests.Learning.Linear.FormulaRows;

namespace Assay.Tests.Learning.Linear;

// Reference values: scikit-learn 1.2.1, LogisticRegression(solver='newton-cg', tol=1e-12), of the same features; C = 1/l2.
public class LogisticOptionsTests
{
    // By default the last step is taken within 1e-3 standard errors of the minimum, and about squares that.
    const double Tolerance = 1e-7;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_classes_are_those_of_the_reference()
    {
        var model = new LogisticOptions().Fit<FittedLinear>(ForClasses(TwoClasses, 2));
        AssertNear([-0.041775022679171055, -0.05583426643430621, -0.2470984937839754, -0.0312130495868226], model.Coefficients, Tolerance);
        AssertNear([1.1526519070994898], model.Intercepts, Tolerance);
        Assert.True(model.Solver!.Converged);
        Assert.InRange(model.Solver.Iterations, 2, 8);
        Assert.Null(model.History.StoppedBecause);
    }

    [Fact]
    public void Weights_penalty_and_balance_are_those_of_the_reference()
    {
        var weighted = ForClasses(TwoClasses, 2) with { Weights = Weights };
        var strong = new LogisticOptions { L2 = 10 }.Fit<FittedLinear>(weighted);
        AssertNear([-0.01787155763201457, -0.16009623574563192, -0.2759371633922355, 0.040228308274165896, 1.2706784699039249], [.. strong.Coefficients, .. strong.Intercepts], Tolerance);
        var balanced = new LogisticOptions { Balanced = true }.Fit<FittedLinear>(weighted);
        AssertNear([-0.02301083643716236, -0.17694556653199572, -0.30621363047639805, 0.045521604466438534, 1.3410165467547484], [.. balanced.Coefficients, .. balanced.Intercepts], Tolerance);
        var free = new LogisticOptions { L2 = 0 }.Fit<FittedLinear>(ForClasses(TwoClasses, 2));
        AssertNear([-0.042843914712730184, -0.05714047041410951, -0.25347195999211414, -0.03152015973125393, 1.178481827520336], [.. free.Coefficients, .. free.Intercepts], Tolerance);
        Assert.True(free.Solver!.Converged);
    }

    [Fact]
    public void Three_classes_are_those_of_the_reference()
    {
        var model = new LogisticOptions().Fit<FittedLinear>(ForClasses(ThreeClasses, 3));
        AssertNear(
            [
                0.1380949136629512, 0.009944365126716244, -0.027908307696341485, 0.18598748697651402, 0.017861348157426408, -0.13987290735563704,
                -0.016972180180705638, -0.33420123741117597, -0.15595626182037534, 0.1299285422289199, 0.04488048787704643, 0.14821375043466242,
            ],
            model.Coefficients,
            Tolerance);
        AssertNear([-0.8790352867140604, 1.4559501506727763, -0.5769148639587126], model.Intercepts, Tolerance);
        AssertNear([0.2677903132050302, 0.31284335131555163, 0.41936633547941804], [.. model.Predict(Features, Token)[..3].Select(value => (double)value)], 1e-6);
        var balanced = new LogisticOptions { Balanced = true, L2 = 2 }.Fit<FittedLinear>(ForClasses(ThreeClasses, 3) with { Weights = Weights });
        AssertNear([0.1349887151105246, 0.028336413836816867, 0.044001393014159104, 0.16931376280085572], [.. balanced.Coefficients.Take(4)], Tolerance);
        AssertNear([-1.1455956930791868, 2.0148484091133607, -0.8692527160341725], balanced.Intercepts, Tolerance);
    }

    [Fact]
    public void Probabilities_of_a_row_sum_to_one_and_are_the_same_alone()
    {
        var model = new LogisticOptions().Fit<FittedLinear>(ForClasses(ThreeClasses, 3));
        var all = model.Predict(Features, Token);
        Assert.All(all.Chunk(3), row => Assert.Equal(1, row.Sum(), 1e-6));
        Assert.Equal(all[^3..], model.Predict(Features.AsSpan((Count - 1) * Inputs), Token));
    }

    [Fact]
    public void Separable_classes_without_penalty_stop_with_a_reason()
    {
        var separable = ForClasses([.. Enumerable.Range(0, Count).Select(i => X(i, 0) > 3 ? 1f : 0)], 2);
        var model = new LogisticOptions { L2 = 0 }.Fit<FittedLinear>(separable);
        Assert.Contains("separable", model.History.StoppedBecause, StringComparison.Ordinal);
        Assert.False(model.Solver!.Converged);
        Assert.All(model.Coefficients, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(separable.Targets, model.Predict(Features, Token).Chunk(2).Select(row => row[1] > 0.5 ? 1f : 0));
        Assert.True(new LogisticOptions().Fit<FittedLinear>(separable).Solver!.Converged);
    }

    [Fact]
    public void A_feature_that_only_one_class_has_makes_it_stop_with_a_reason()
    {
        // Quasi-complete separation: the coefficient grows for ever, the others converge.
        var model = new LogisticOptions { L2 = 0 }.Fit<FittedLinear>(ForClasses(TwoClasses, 2).WithColumns(i => TwoClasses[i] == 1 && i % 3 == 0 ? 1 : 0));
        Assert.NotNull(model.History.StoppedBecause);
        Assert.False(model.Solver!.Converged);
    }

    [Fact]
    public void Collinear_and_constant_columns_do_not_hurt()
    {
        var twice = ForClasses(TwoClasses, 2).WithColumns(i => X(i, 0), _ => 5);
        var free = new LogisticOptions { L2 = 0 }.Fit<FittedLinear>(twice);
        Assert.True(free.Solver!.Converged);
        Assert.Equal(-0.042843914712730184, free.Coefficients[0] + free.Coefficients[4], 1e-6);
        var model = new LogisticOptions().Fit<FittedLinear>(twice);
        Assert.Equal(model.Coefficients[0], model.Coefficients[4], 1e-9);
        Assert.Equal(0, model.Coefficients[5], 1e-12);
    }

    [Fact]
    public void More_features_than_rows_converge()
    {
        var few = new Examples { Features = Features[..40], Inputs = 10, Targets = [0, 1, 1, 0], Shape = new(TargetKind.Classes, 2) };
        Assert.True(new LogisticOptions().Fit<FittedLinear>(few).Solver!.Converged);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_training_set_of_one_class_answers_it_and_says_so(int classes)
    {
        var model = new LogisticOptions().Fit<FittedLinear>(ForClasses(new float[Count], classes));
        Assert.Contains("all training rows are of class 0", model.History.StoppedBecause, StringComparison.Ordinal);
        Assert.Equal([1f, .. new float[classes - 1]], model.Predict(Features.AsSpan(0, Inputs), Token));
    }

    [Fact]
    public void A_class_without_rows_gets_probability_zero()
    {
        var model = new LogisticOptions().Fit<FittedLinear>(ForClasses(ThreeClasses, 4));
        var known = new LogisticOptions().Fit<FittedLinear>(ForClasses(ThreeClasses, 3));
        Assert.Equal(known.Predict(Features, Token), model.Predict(Features, Token).Chunk(4).SelectMany(row => row[..3]));
        Assert.All(model.Predict(Features, Token).Chunk(4), row => Assert.Equal(0, row[3]));
        Assert.Contains("1 of the 4 classes", model.Note, StringComparison.Ordinal);
        Assert.Null(model.History.StoppedBecause);
    }

    [Fact]
    public void Too_few_iterations_are_said()
    {
        var model = new LogisticOptions { MaxIterations = 1 }.Fit<FittedLinear>(ForClasses(TwoClasses, 2));
        Assert.StartsWith("1 iterations did not reach the tolerance", model.History.StoppedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_targets_and_options_are_said()
    {
        var error = Assert.Throws<UserErrorException>(() => new LogisticOptions().Fit<FittedLinear>(ForClasses(ThreeClasses, 2)));
        Assert.Contains("Expected an index from 0 to 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => new LogisticOptions().Fit<FittedLinear>(ForClasses([float.NaN, .. TwoClasses[1..]], 2)));
        var wide = new Examples { Features = new float[2 * 9000], Inputs = 9000, Targets = [0, 1], Shape = new(TargetKind.Classes, 2) };
        Assert.Contains("9000 coefficients", Assert.Throws<UserErrorException>(() => new LogisticOptions().Fit<FittedLinear>(wide)).Message, StringComparison.Ordinal);
        Assert.Equal(4, new LogisticOptions { L2 = -1, Tolerance = double.NaN, MaxIterations = 0 }.Problems(new(TargetKind.Numbers, 1)).Length);
    }
}
