using Assay.Learning;
using Assay.Learning.Linear;
using static Assay.Tests.Learning.Linear.FormulaRows;

namespace Assay.Tests.Learning.Linear;

// Reference values: scikit-learn 1.2.1, LinearRegression and Ridge, of the same float32 features in double precision.
public class LinearOptionsTests
{
    // Both solve directly; what differs is rounding.
    const double Tolerance = 1e-11;

    [Fact]
    public void Coefficients_are_those_of_the_reference()
    {
        var model = new LinearOptions().Fit<FittedLinear>(ForNumbers(Numbers));
        AssertNear([2.2355420164463733, -0.08868473665238302, -0.9660265465330723, -0.2720930449533895], model.Coefficients, Tolerance);
        AssertNear([3.63835288462944], model.Intercepts, Tolerance);
        Assert.Null(model.Note);
        Assert.Null(model.History.StoppedBecause);
        Assert.Equal(5, model.ParameterCount);
    }

    [Fact]
    public void Weights_count_as_in_the_reference()
    {
        var model = new LinearOptions().Fit<FittedLinear>(ForNumbers(Numbers) with { Weights = Weights });
        AssertNear([2.3269321631405004, -0.0727677322514404, -0.9300045615163838, -0.1340153720260145], model.Coefficients, Tolerance);
        AssertNear([2.7288143392188413], model.Intercepts, Tolerance);
    }

    [Fact]
    public void A_weight_of_two_is_the_row_twice_and_one_of_zero_is_none()
    {
        var examples = ForNumbers(Numbers) with { Weights = [.. Enumerable.Range(0, Count).Select(i => (float)(i % 3))] };
        var rows = Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat(i, i % 3)).ToArray();
        var repeated = ForNumbers([.. rows.Select(i => Numbers[i])]) with { Features = [.. rows.SelectMany(i => Features.AsSpan(i * Inputs, Inputs).ToArray())] };
        AssertNear(new LinearOptions().Fit<FittedLinear>(repeated).Coefficients, new LinearOptions().Fit<FittedLinear>(examples).Coefficients, Tolerance);
    }

    [Fact]
    public void Two_numbers_are_fitted_each_alone_as_in_the_reference()
    {
        var model = new LinearOptions().Fit<FittedLinear>(ForNumbers(TwoNumbers, 2));
        AssertNear(
            [2.2355420164463733, -0.08868473665238302, -0.9660265465330723, -0.2720930449533895, 0.0354950639601965, 0.9186268387818937, -0.14351192888266617, -0.20051102529277814],
            model.Coefficients,
            Tolerance);
        AssertNear([3.63835288462944, -1.576426210558657], model.Intercepts, Tolerance);
    }

    [Fact]
    public void Ridge_is_that_of_the_reference()
    {
        var model = new RidgeOptions { Alpha = 3 }.Fit<FittedLinear>(ForNumbers(TwoNumbers, 2) with { Weights = Weights });
        AssertNear(
            [2.3106472655181536, -0.0737089503794215, -0.9246247804835104, -0.13300119229455026, 0.06648505320498119, 0.850941418021066, -0.12776170732121486, -0.18092853504264841],
            model.Coefficients,
            Tolerance);
        AssertNear([2.7631584051904348, -1.4442852386946203], model.Intercepts, Tolerance);
    }

    [Fact]
    public void Collinear_and_constant_columns_have_the_smallest_solution_as_in_the_reference()
    {
        var model = new LinearOptions().Fit<FittedLinear>(ForNumbers(Numbers).WithColumns(i => X(i, 0) + X(i, 1), _ => 5));
        AssertNear([1.5199229231817104, -0.8043038299170476, -0.9660265465330716, -0.2720930449533897, 0.7156190932646622, 0], model.Coefficients, Tolerance);
        AssertNear([3.638352884629449], model.Intercepts, Tolerance);
        Assert.StartsWith("the features have rank 4 of 6", model.Note, StringComparison.Ordinal);
        Assert.Null(model.History.StoppedBecause);
    }

    [Fact]
    public void Fewer_rows_than_columns_have_the_smallest_solution_as_in_the_reference()
    {
        var model = new LinearOptions().Fit<FittedLinear>(ForNumbers(Numbers[..3]) with { Features = Features[..(3 * Inputs)] });
        AssertNear([1.5839257226169858, -0.5940640114649594, 0.6753932601739455, -0.43566539135400034], model.Coefficients, Tolerance);
        AssertNear([2.4875759699850395], model.Intercepts, Tolerance);
    }

    [Fact]
    public void Columns_in_any_unit_and_a_large_offset_cost_no_digits()
    {
        var plain = new LinearOptions().Fit<FittedLinear>(ForNumbers(Numbers));
        float[] scales = [1, 1 / 1048576f, 1048576, 1];
        var scaled = ForNumbers(Numbers) with { Features = [.. Features.Select((value, i) => value * scales[i % 4])] };
        AssertNear(plain.Coefficients, [.. new LinearOptions().Fit<FittedLinear>(scaled).Coefficients.Select((value, i) => value * scales[i])], 1e-9);
        var moved = ForNumbers(Numbers) with { Features = [.. Features.Select(value => value + 4096)] };
        AssertNear(plain.Coefficients, new LinearOptions().Fit<FittedLinear>(moved).Coefficients, Tolerance);
    }

    [Fact]
    public void One_row_is_answered_with_its_target()
    {
        var model = new LinearOptions().Fit<FittedLinear>(ForNumbers([7]) with { Features = Features[..Inputs] });
        Assert.Equal([7f, 7f], model.Predict(Features.AsSpan(0, 2 * Inputs), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_rows_without_weight_are_said()
    {
        var features = (float[])[.. Features];
        features[9] = float.NaN;
        Assert.Contains("Feature 2 of row 3 is NaN", Error(ForNumbers(Numbers) with { Features = features }), StringComparison.Ordinal);
        Assert.Contains("Target 1 of row 1 is NaN", Error(ForNumbers([float.NaN, .. Numbers[1..]])), StringComparison.Ordinal);
        Assert.Contains("All 60 rows have weight 0", Error(ForNumbers(Numbers) with { Weights = new float[Count] }), StringComparison.Ordinal);
        Assert.Contains("Row 2 has weight -1", Error(ForNumbers(Numbers) with { Weights = [1, -1, .. Weights[2..]] }), StringComparison.Ordinal);
        Assert.Contains("no rows", Error(ForNumbers([]) with { Features = [] }), StringComparison.Ordinal);
        Assert.Contains("Use 'logistic'", Error(ForClasses(TwoClasses, 2)), StringComparison.Ordinal);
        Assert.Contains("alpha = -1", Assert.Single(new RidgeOptions { Alpha = -1 }.Problems(new(TargetKind.Numbers, 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_it() => Assert.ThrowsAny<OperationCanceledException>(
        () => new LinearOptions().Fit(ForNumbers(Numbers), new FitOptions(), new CancellationToken(true)));

    static string Error(Examples examples) => Assert.Throws<UserErrorException>(() => new LinearOptions().Fit<FittedLinear>(examples)).Message;
}
