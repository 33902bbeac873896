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
        // Thirty random guesses of a coin: the best looks good on the rows it was chosen by, and is worth one half.
        var random = new SeededRandom(5);
        var coin = Enumerable.Range(0, 200).Select(_ => random.Next(2)).ToArray();
        var guesses = Enumerable.Range(0, 30).Select(_ => coin.Select(_ => random.Next(2)).ToArray()).ToArray();
        var nested = await NestedCrossValidation.RunAsync(
            KFold.Split(200, 10, 1), (train, _, _) => Enumerable.Range(0, 30).MaxBy(guess => Score(guess, train)), (guess, split, _) => Score(guess, split.Test), 1, 1, null, Token);
        Assert.InRange(Enumerable.Range(0, 30).Max(guess => Score(guess, [.. Enumerable.Range(0, 200)])), 0.55, 0.7);
        Assert.InRange(nested.Summary.Mean, 0.4, 0.58);

        double Score(int guess, int[] rows)
        {
            return rows.Average(row => guesses[guess][row] == coin[row] ? 1.0 : 0);
        }
    }

    [Fact]
    public async Task Undefined_folds_are_counted()
    {
        var nested = await NestedCrossValidation.RunAsync(KFold.Split(20, 4, 1), (_, _, _) => 0, (_, split, _) => split.Test.Contains(0) ? double.NaN : 1, 1, 2, null, Token);
        Assert.Equal((3, 1), (nested.Summary.Folds, nested.Summary.Undefined));
        Assert.Equal(1, nested.DistinctChoices);
    }
}
