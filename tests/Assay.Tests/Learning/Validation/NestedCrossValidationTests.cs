using Assay.Data;
using Assay.Learning.Validation;

namespace Assay.Tests.Learning.Validation;

public class NestedCrossValidationTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_choice_sees_training_rows_only_and_any_number_of_workers_gives_the_same()
    {
        var splits = KFold.Split(50, 5, 1);
        var one = await Run(1);
        var three = await Run(3);
        Assert.Equal(one.Folds, three.Folds);
        Assert.Equal([1, 2, 3, 4, 5], one.Folds.Select(fold => fold.Number));
        Assert.Equal(one.Folds.Average(fold => fold.Score), one.Summary.Mean, 1e-15);
        Assert.Equal(5, one.DistinctChoices);

        Task<NestedResult<ulong>> Run(int workers)
        {
            return NestedCrossValidation.RunAsync(
                splits,
                (train, seed, _) =>
                {
                    Assert.Contains(splits, split => split.Train == train);
                    return seed;
                },
                (choice, split, _) => (double)(choice % 100) + split.Test[0],
                7,
                workers,
                null,
                Token);
        }
    }

    [Fact]
    public async Task Choosing_among_guesses_is_worth_a_guess()
    {
        // Of twenty guesses of a coin the best looks good on the rows it was chosen by, and is worth one half. Over 60 coins each mean of 100
        // rows has a standard error of about 0.05 / √60.
        var (naive, nested) = (0.0, 0.0);
        for (var seed = 0UL; seed < 60; seed++)
        {
            var random = new SeededRandom(seed);
            var right = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 100).Select(_ => random.Next(2)).ToArray()).ToArray();
            naive += right.Max(guess => guess.Average()) / 60;
            var result = await NestedCrossValidation.RunAsync(
                KFold.Split(100, 5, 1), (train, _, _) => right.MaxBy(guess => train.Average(row => guess[row]))!, (guess, split, _) => split.Test.Average(row => guess[row]), 1, 1, null, Token);
            nested += result.Summary.Mean / 60;
        }

        Assert.InRange(naive, 0.57, 0.63);
        Assert.InRange(nested, 0.46, 0.54);
    }

    [Fact]
    public async Task Undefined_folds_are_counted()
    {
        var nested = await NestedCrossValidation.RunAsync(KFold.Split(20, 4, 1), (_, _, _) => 0, (_, split, _) => split.Test.Contains(0) ? double.NaN : 1, 1, 2, null, Token);
        Assert.Equal((3, 1), (nested.Summary.Folds, nested.Summary.Undefined));
        Assert.Equal(1, nested.DistinctChoices);
    }
}
