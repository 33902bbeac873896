using Assay.Scoring;

namespace Assay.Tests.Scoring;

public class ClassPredictionsTests
{
    [Fact]
    public void Two_classes_are_split_at_one_half_which_belongs_to_class_1()
    {
        var predictions = new ClassPredictions { Classes = ["no", "yes"], Truth = [0, 0, 1], Probabilities = [.5f, .5f, .51f, .49f, .2f, .8f] };
        Assert.Equal([1, 0, 1], predictions.Predicted);
        Assert.Equal(1, predictions.Positive);
    }

    [Fact]
    public void More_classes_take_the_first_of_the_most_probable()
    {
        var predictions = new ClassPredictions { Classes = ["a", "b", "c"], Truth = [0, 0], Probabilities = [.2f, .4f, .4f, .3f, .3f, .4f] };
        Assert.Equal([1, 2], predictions.Predicted);
        Assert.Equal((.4f, false), (predictions.Confidences().Predicted[0], predictions.Confidences().Outcomes[0]));
    }

    [Fact]
    public void Selected_rows_carry_their_own_predictions()
    {
        var predictions = new ClassPredictions { Classes = ["no", "yes"], Truth = [0, 1, 1], Probabilities = [.9f, .1f, .6f, .4f, .2f, .8f], Excluded = 4 };
        Assert.Equal([0, 0, 1], predictions.Predicted);
        var selected = predictions.Select([2, 2, 0]);
        Assert.Equal([1, 1, 0], selected.Truth);
        Assert.Equal([1, 1, 0], selected.Predicted);
        Assert.Equal([.2f, .8f, .2f, .8f, .9f, .1f], selected.Probabilities);
        Assert.Equal((3, 0), (selected.N, selected.Excluded));
    }

    [Fact]
    public void Scores_of_a_class_come_with_its_rows()
    {
        var predictions = new ClassPredictions { Classes = ["no", "yes"], Truth = [0, 1], Probabilities = [.9f, .1f, .6f, .4f], Positive = 0 };
        var (scores, positives) = predictions.Confidences();
        Assert.Equal([.9f, .6f], scores);
        Assert.Equal([true, false], positives);
    }
}
