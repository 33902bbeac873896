using Assay.Data;
using Assay.Learning.Validation;

namespace Assay.Tests.Learning.Validation;

public class PermutationImportanceTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static readonly Table _rows = Rows();

    [Fact]
    public void A_strong_column_counts_more_than_a_weak_one_and_noise_counts_nothing()
    {
        var found = PermutationImportance.Measure(_rows, ["weak", "noise", "strong", "text"], Predict, Score, new PermutationOptions { Seed = 3 }, Token);
        Assert.Equal(["weak", "noise", "strong", "text"], found.Select(each => each.Column));
        Assert.True(found[2].Interval!.Value.Low > found[0].Interval!.Value.High);
        Assert.True(found[0].Interval!.Value.Low > 0);
        Assert.Equal(0, found[1].Mean);
        Assert.Equal(0, found[3].Mean);

        // Shuffled, a column's squared error is twice its variance times its squared coefficient: 2 · 9 · 1.
        Assert.Equal(18, found[2].Mean, (4 * found[2].StandardError) + 1.5);
        Assert.All(found, each => Assert.Null(each.Reason));
    }

    [Fact]
    public void The_seed_decides_and_the_other_columns_do_not()
    {
        var all = PermutationImportance.Measure(_rows, ["strong", "weak"], Predict, Score, new PermutationOptions { Seed = 3 }, Token);
        var alone = PermutationImportance.Measure(_rows, ["weak"], Predict, Score, new PermutationOptions { Seed = 3 }, Token);
        Assert.Equal(all[1].Losses, alone[0].Losses);
        var other = PermutationImportance.Measure(_rows, ["weak"], Predict, Score, new PermutationOptions { Seed = 4 }, Token);
        Assert.NotEqual<IEnumerable<double>>(alone[0].Losses, other[0].Losses);
    }

    [Fact]
    public void Of_an_error_a_rise_is_the_loss()
    {
        var error = PermutationImportance.Measure(_rows, ["weak"], Predict, values => -Score(values), new PermutationOptions { HigherIsBetter = false }, Token);
        var score = PermutationImportance.Measure(_rows, ["weak"], Predict, Score, new PermutationOptions(), Token);
        Assert.Equal(score[0].Losses, error[0].Losses);
    }

    [Fact]
    public void An_undefined_score_is_counted_and_bad_input_is_said()
    {
        var found = PermutationImportance.Measure(_rows, ["weak"], Predict, _ => double.NaN, new PermutationOptions(), Token)[0];
        Assert.True(double.IsNaN(found.Mean));
        Assert.Null(found.Interval);
        Assert.Equal("the score is undefined in 10 of 10 repeats", found.Reason);
        Assert.Throws<UserErrorException>(() => PermutationImportance.Measure(_rows, ["nothing"], Predict, Score, new PermutationOptions(), Token));
        Assert.Throws<UserErrorException>(() => PermutationImportance.Measure(_rows, ["weak"], Predict, Score, new PermutationOptions { Repeats = 1 }, Token));
        Assert.Throws<UserErrorException>(() => PermutationImportance.Measure(_rows.Select([]), ["weak"], Predict, Score, new PermutationOptions(), Token));
        Assert.Throws<OperationCanceledException>(() => PermutationImportance.Measure(_rows, ["weak"], Predict, Score, new PermutationOptions(), new CancellationToken(true)));
    }

    static Table Rows()
    {
        var random = new SeededRandom(1);
        return new Table([
            new NumericColumn("strong", ColumnKind.Number, Column()),
            new NumericColumn("weak", ColumnKind.Number, Column()),
            new NumericColumn("noise", ColumnKind.Number, Column()),
            CategoryColumn.FromTexts("text", [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? "a" : "b")]),
        ]);

        double[] Column()
        {
            return [.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())];
        }
    }

    static float[] Predict(Table rows) => [.. Enumerable.Range(0, rows.RowCount).Select(row => (float)((3 * rows["strong"].Number(row)) + (0.5 * rows["weak"].Number(row))))];

    // Of a target that the model knows exactly: less the mean squared error.
    static double Score(float[] answers) => -answers.Zip(Predict(_rows), (answer, truth) => ((double)answer - truth) * (answer - truth)).Average();
}
