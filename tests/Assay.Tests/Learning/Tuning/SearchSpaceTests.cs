using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

public class SearchSpaceTests
{
    static readonly SearchSpace _conditional = new(
    [
        new Choice("optimizer", ["adam", "sgd"]), new Uniform("momentum", 0, 0.5) { Step = 0.25, When = new Condition("optimizer", ["sgd"]) }, new Integer("units", 1, 2),
    ]);

    [Fact]
    public void A_good_space_has_no_problems() => Assert.Empty(_conditional.Problems());

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var problems = new SearchSpace(
        [
            new Uniform("a", 2, 1), new LogUniform("b", 0, 1), new Choice("c", []), new Choice("d", [1, 1]), new Integer("e", 1, 9) { Step = 0 },
            new Integer("f", 1, 9) { Step = 2, Log = true }, new Uniform("g", 0, double.NaN), new Choice("h", [double.PositiveInfinity]), new Uniform("", 0, 1),
            new Uniform("a", 0, 1), new Uniform("i", 0, 1) { When = new Condition("d", [2]) }, new Uniform("j", 0, 1) { When = new Condition("optimiser", ["sgd"]) },
            new Choice("optimizer", ["sgd"]),
        ]).Problems();
        Assert.Equal(12, problems.Length);
        string[] found =
        [
            "'a' is searched 2 times", "'a' is searched from 2 to 1", "'b' is searched by orders of magnitude from 0", "'c' has no values", "'d' may be 1 2 times over",
            "'e' has the step 0", "'f' has the step 2 and is searched by orders", "'g' is searched from 0 to NaN", "'h' may be Infinity", "A parameter has no name",
            "'i' depends on 'd' being 2, which it never is", "'j' depends on 'optimiser'",
        ];
        Assert.All(found, text => Assert.Single(problems, problem => problem.StartsWith(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_empty_space_is_a_problem() => Assert.Single(new SearchSpace([]).Problems());

    [Fact]
    public void The_problems_of_a_study_are_told_together()
    {
        var options = new StudyOptions
        {
            Space = new SearchSpace([new Uniform("x", 0, 1), new Uniform("y", 1, 0)]),
            Trials = 0,
            Window = 0,
            Sampler = new GridSampler(),
            Pruner = new MedianPruner { IntervalSteps = 0 },
            Default = Settings.Of(("z", 1)),
        };
        Assert.Equal(6, options.Problems().Length);
        Assert.Contains(options.Problems(), problem => problem.StartsWith("'x' has endlessly many values", StringComparison.Ordinal));
        Assert.Equal(4, (options with { Space = new SearchSpace([]), Default = null }).Problems().Length);
    }

    [Fact]
    public async Task Settings_come_in_order_and_a_parameter_without_its_parents_value_takes_no_part()
    {
        Assert.Equal(
            [
                "optimizer=adam units=1", "optimizer=adam units=2", "momentum=0 optimizer=sgd units=1", "momentum=0 optimizer=sgd units=2", "momentum=0.25 optimizer=sgd units=1",
                "momentum=0.25 optimizer=sgd units=2", "momentum=0.5 optimizer=sgd units=1", "momentum=0.5 optimizer=sgd units=2",
            ],
            await Grid(_conditional));
    }

    [Fact]
    public async Task A_child_of_an_absent_parent_is_absent()
    {
        var space = new SearchSpace([new Choice("a", [1, 2]), new Choice("b", [1]) { When = new Condition("a", [2]) }, new Choice("c", [1]) { When = new Condition("b", [1]) }]);
        Assert.Equal(["a=1", "a=2 b=1 c=1"], await Grid(space));
    }

    [Fact]
    public async Task Steps_stay_on_their_grid_and_below_the_upper_end()
    {
        Assert.Equal(["x=0.1", "x=0.3", "x=0.5", "x=0.7"], (await Grid(new SearchSpace([new Uniform("x", 0.1, 0.7) { Step = 0.2 }]))).Select(text => text[..5]));
        Assert.Equal(["x=1", "x=5", "x=9"], await Grid(new SearchSpace([new Integer("x", 1, 10) { Step = 4 }])));
        Assert.Equal(["x=3"], await Grid(new SearchSpace([new Uniform("x", 3, 3)])));
    }

    static async Task<IEnumerable<string>> Grid(SearchSpace space)
    {
        var options = new StudyOptions { Space = space, Sampler = new GridSampler() };
        var study = await Study.RunAsync(options, (_, _) => ValueTask.FromResult(1.0), 1, null, null, TestContext.Current.CancellationToken);
        return study.Trials.Select(trial => Settings.Text(trial.Parameters));
    }
}
