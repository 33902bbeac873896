using Assay.Comparing;
using Assay.Models;
using Assay.Statistics;
using Record = Assay.Results.Record;

namespace Assay.Tests.Comparing;

public class ComparisonTests
{
    [Fact]
    public void Right_and_wrong_are_judged_by_mcnemar()
    {
        // 30 lost, 60 won of 300. scipy 1.10: binomtest(30, 90).pvalue.
        var row = Compare(Scores(300, i => i is < 30 or >= 90 ? 1 : 0), Scores(300, i => i >= 30 ? 1 : 0)).Scores.Single();
        Assert.Equal(("mcnemar-exact", "bonett-price", 300L), (row.Test, row.Method, row.N));
        Assert.Equal((30L, 60L), (row.OnlyA, row.OnlyB));
        Assert.Equal(0.1, row.Difference!.Value, 1e-12);
        Assert.Equal(0.0020602656809630745, row.P!.Value, 1e-8);
        Assert.Equal(ComparisonVerdict.Better, row.Verdict);
        Assert.Null(row.SamplesToDecide);
    }

    [Fact]
    public void The_same_the_other_way_round_is_the_mirror_image()
    {
        RunScores a = Scores(200, i => i % 3 == 0 ? 1 : 0), b = Scores(200, i => i % 5 < 2 ? 1 : 0);
        var (there, back) = (Compare(a, b).Scores.Single(), Compare(b, a).Scores.Single());
        Assert.Equal(there.Difference!.Value, -back.Difference!.Value, 1e-15);
        Assert.Equal(there.Low!.Value, -back.High!.Value, 1e-12);
        Assert.Equal(there.P, back.P);
        Assert.Equal((there.OnlyA, there.OnlyB), (back.OnlyB, back.OnlyA));
    }

    [Fact]
    public void Samples_are_paired_by_id_whatever_their_order()
    {
        var forward = Fill("a", Enumerable.Range(0, 50).Select(i => Make(i, i % 2)));
        var backward = Fill("b", Enumerable.Range(0, 50).Reverse().Select(i => Make(i, i % 2)));
        var comparison = Compare(forward, backward);
        Assert.Equal((0L, 0L), (comparison.Scores.Single().OnlyA, comparison.Scores.Single().OnlyB));
        Assert.Empty(comparison.Flips);
        Assert.Equal(50, comparison.Pairings.Single().Pairs);
    }

    [Fact]
    public void Numbers_get_a_sign_flip_test_and_a_bootstrap_interval_and_many_of_them_students_t()
    {
        var few = Compare(Scores(100, i => Math.Sin(i)), Scores(100, i => Math.Sin(i) + (Math.Cos(7 * i) / 2) + 0.2)).Scores.Single();
        Assert.Equal(("sign-flip", "bootstrap-bca"), (few.Test, few.Method));
        Assert.Equal(ComparisonVerdict.Better, few.Verdict);
        Assert.Null(few.OnlyA);
        var many = Compare(Scores(10_001, i => Math.Sin(i)), Scores(10_001, i => Math.Cos(i))).Scores.Single();
        Assert.Equal(("paired-t", "t"), (many.Test, many.Method));
    }

    [Fact]
    public void Clusters_are_heeded()
    {
        // Pairs of equal questions know half as much.
        var (a, b) = (Fill("a", Enumerable.Range(0, 200).Select(i => Make(i, 0) with { Cluster = $"c{i / 2}" })), Fill("b", Enumerable.Range(0, 200).Select(i => Make(i, i / 2 % 5 == 0 ? 1 : 0))));
        var row = Compare(a, b).Scores.Single();
        double[] differences = [.. Enumerable.Range(0, 200).Select(i => i / 2 % 5 == 0 ? 1.0 : 0)];
        var expected = ClusteredMean.Interval(differences, [.. Enumerable.Range(0, 200).Select(i => i / 2)])!.Value;
        Assert.Equal(("clustered-paired-t", "clustered-t", 100), (row.Test, row.Method, row.Clusters));
        Assert.Equal((expected.Low, expected.High), (row.Low, row.High));
        Assert.Equal(40L, row.OnlyB);
    }

    [Fact]
    public void Failed_samples_are_left_out_and_counted_and_the_other_reading_is_told_when_it_changes_the_verdict()
    {
        // B fails exactly where it would have been wrong.
        var a = Scores(300, i => i < 200 ? 1 : 0);
        var b = Fill("b", Enumerable.Range(0, 300).Select(i => i < 60 ? Make(i, 0) with { Scores = new Dictionary<string, double>(), Outcome = Outcome.Timeout } : Make(i, i < 212 ? 1 : 0)));
        var row = Compare(a, b).Scores.Single();
        Assert.Equal((240L, 0L, 60L), (row.N, row.FailedA, row.FailedB));
        Assert.Equal(ComparisonVerdict.Better, row.Verdict);
        Assert.Equal(ComparisonVerdict.Worse, row.FailuresAsWrong!.Verdict);
        Assert.Equal((300L, 60L, 12L), (row.FailuresAsWrong.N, row.FailuresAsWrong.OnlyA, row.FailuresAsWrong.OnlyB));
    }

    [Fact]
    public void Without_common_samples_the_runs_are_compared_unpaired_and_it_is_said()
    {
        var a = Fill("a", Enumerable.Range(0, 100).Select(i => Make(i, i < 40 ? 1 : 0)));
        var b = Fill("b", Enumerable.Range(100, 100).Select(i => Make(i, i < 170 ? 1 : 0)));
        var comparison = Compare(a, b);
        var row = comparison.Scores.Single();
        var expected = TwoProportions.Compare(70, 100, 40, 100);
        Assert.False(row.IsPaired);
        Assert.Equal((expected.Difference, expected.PValue), (row.Difference!.Value, row.P!.Value));
        Assert.Equal(expected.Interval!.Value.Low, row.Low);
        Assert.Equal("newcombe", row.Method);
        Assert.Contains(comparison.Warnings, warning => warning.Contains("no sample of a is in b too", StringComparison.Ordinal));
    }

    [Fact]
    public void Unpaired_numbers_get_welchs_t_and_clusters_are_heeded()
    {
        // scipy 1.10: ttest_ind(range(1, 11), range(3, 23), equal_var=False).
        var (a, b) = (Fill("a", Enumerable.Range(1, 10).Select(i => Make(i, i))), Fill("b", Enumerable.Range(3, 20).Select(i => Make(100 + i, i))));
        var row = Compare(a, b).Scores.Single();
        Assert.Equal(("welch-t", 7.0), (row.Test, row.Difference!.Value));
        Assert.Equal(0.00019477607694504066, row.P!.Value, 1e-10);
        var clustered = Fill("a", Enumerable.Range(1, 10).Select(i => Make(i, i) with { Cluster = $"{i / 2}" }));
        var wider = Compare(clustered, b).Scores.Single();
        Assert.Equal("clustered-t", wider.Test);
        Assert.True(wider.P > row.P);
    }

    [Fact]
    public void The_common_part_is_paired_and_what_is_left_is_counted()
    {
        var comparison = Compare(Scores(100, i => i % 2), Fill("b", Enumerable.Range(50, 100).Select(i => Make(i, i % 2))));
        Assert.Equal(new TaskPairing("task", "m", "m", "none", 50, 50, 50, 0), comparison.Pairings.Single());
        Assert.Equal(50, comparison.Scores.Single().N);
    }

    [Fact]
    public void One_id_with_two_targets_is_not_one_sample()
    {
        var b = Fill("b", Enumerable.Range(0, 100).Select(i => Make(i, i % 2) with { Target = i < 10 ? "other" : $"t{i}" }));
        var comparison = Compare(Scores(100, i => i % 2), b);
        Assert.Equal((90L, 10L), (comparison.Pairings.Single().Pairs, comparison.Pairings.Single().OtherTarget));
        Assert.Contains(comparison.Warnings, warning => warning.Contains("10 samples have the same id and another target", StringComparison.Ordinal));
    }

    [Fact]
    public void Repeats_are_folded_to_the_mean_of_a_sample()
    {
        var a = Fill("a", Enumerable.Range(0, 40).SelectMany(i => Enumerable.Range(1, 4).Select(repeat => Make(i, repeat <= i % 3 ? 1 : 0) with { Repeat = repeat })));
        var row = Compare(a, Scores(40, i => 1)).Scores.Single();
        Assert.Equal(40, row.N);
        Assert.Equal(Enumerable.Range(0, 40).Average(i => i % 3 / 4.0), row.ValueA!.Value, 1e-12);
        Assert.Equal("sign-flip", row.Test);
    }

    [Fact]
    public void Differences_within_the_margin_are_equivalent()
    {
        RunScores a = Scores(2000, i => i % 2), b = Scores(2000, i => i is 0 or 1 ? 1 - (i % 2) : i % 2);
        Assert.Equal(ComparisonVerdict.Equivalent, Compare(a, b, new ComparisonOptions { Margin = 0.01 }).Verdict);
        Assert.Equal(ComparisonVerdict.Undecided, Compare(a, b, new ComparisonOptions { Margin = 0.001 }).Verdict);
        Assert.Equal(ComparisonVerdict.Undecided, Compare(a, b).Verdict);
    }

    [Fact]
    public void An_open_question_says_how_many_samples_would_decide()
    {
        // 12 lost, 18 won of 200: psi 0.15, delta 0.03. Connor 1987 by hand.
        var row = Compare(Scores(200, i => i is < 12 or >= 30 ? 1 : 0), Scores(200, i => i >= 12 ? 1 : 0)).Scores.Single();
        Assert.Equal(ComparisonVerdict.Undecided, row.Verdict);
        var expected = PowerAnalysis.Questions(new PowerDesign { Discordant = 0.15 }, 0.03);
        Assert.Equal((long)Math.Ceiling(expected), row.SamplesToDecide);
        Assert.InRange(row.SamplesToDecide!.Value, 1200, 1400);
    }

    [Fact]
    public void The_p_values_of_all_tasks_are_corrected_by_holm()
    {
        var tasks = new[] { 30, 22, 16 };
        var a = Fill("a", tasks.SelectMany((_, task) => Enumerable.Range(0, 100).Select(i => Make(i, i < 10 ? 1 : 0) with { Task = $"t{task}" })));
        var b = Fill("b", tasks.SelectMany((won, task) => Enumerable.Range(0, 100).Select(i => Make(i, i >= 10 && i < won + 10 ? 1 : 0) with { Task = $"t{task}" })));
        var rows = Compare(a, b).Scores;
        Assert.Equal(Multiplicity.Holm([.. rows.Select(row => row.P!.Value)]), rows.Select(row => row.AdjustedP!.Value));
        Assert.Equal([ComparisonVerdict.Better, ComparisonVerdict.Undecided, ComparisonVerdict.Undecided], rows.Select(row => row.Verdict));
    }

    [Fact]
    public void Of_errors_and_costs_less_is_better()
    {
        var a = Fill("a", Enumerable.Range(0, 50).Select(i => Make(i, 0) with { Scores = Error(1 + (i % 3)), Seconds = 2 + (i % 5), Cost = 0.01, OutputTokens = 10 + i }));
        var b = Fill("b", Enumerable.Range(0, 50).Select(i => Make(i, 0) with { Scores = Error(i % 3 / 2.0), Seconds = 1 + (i % 4), Cost = 0.02 + (i / 10_000.0), OutputTokens = 10 + i }));
        var comparison = Compare(a, b);
        Assert.Equal((false, ComparisonVerdict.Better), (comparison.Scores.Single().HigherIsBetter, comparison.Scores.Single().Verdict));
        Assert.Equal(["seconds", "output_tokens", "cost"], comparison.Costs.Select(row => row.Metric));
        Assert.Equal([ComparisonVerdict.Better, ComparisonVerdict.Undecided, ComparisonVerdict.Worse], comparison.Costs.Select(row => row.Verdict));
        Assert.Equal("USD", comparison.Costs[2].Unit);

        static Dictionary<string, double> Error(double value)
        {
            return new() { ["absolute_error"] = value };
        }
    }

    [Fact]
    public void Slices_are_told_with_the_largest_loss_first()
    {
        var a = Fill("a", Enumerable.Range(0, 200).Select(i => Make(i, 1) with { Tags = Tag(i) }));
        var b = Fill("b", Enumerable.Range(0, 200).Select(i => Make(i, i % 2 == 0 || i % 20 != 1 ? 1 : 0) with { Tags = Tag(i) }));
        var slices = Compare(a, b).Slices;
        Assert.Equal(["odd", "even"], slices.Select(slice => slice.Slice!["kind"]));
        Assert.Equal((-0.1, 0.0), (slices[0].Difference!.Value, slices[1].Difference!.Value));

        static Dictionary<string, string> Tag(int i)
        {
            return new() { ["kind"] = i % 2 == 0 ? "even" : "odd" };
        }
    }

    [Fact]
    public void Flips_have_both_answers_and_the_losses_come_first()
    {
        var flips = Compare(Scores(6, i => i is 1 or 3 ? 1 : 0), Scores(6, i => i is 3 or 5 ? 1 : 0)).Flips;
        Assert.Equal([("1", 1.0, 0.0, "t1", "1", "0"), ("5", 0.0, 1.0, "t5", "0", "1")], flips.Select(flip => (flip.Id, flip.A, flip.B, flip.Target, flip.AnswerA, flip.AnswerB)));
    }

    [Fact]
    public void Runs_of_one_model_each_are_compared_whatever_it_is_called_and_several_go_by_name()
    {
        var (one, other) = (Fill("a", [Make(1, 1) with { Model = "old" }, Make(2, 0) with { Model = "old" }]), Fill("b", [Make(1, 1) with { Model = "new" }, Make(2, 1) with { Model = "new" }]));
        Assert.Equal(("old", "new"), Models(Compare(one, other).Scores.Single()));
        var both = Fill("c", [Make(1, 1) with { Model = "old" }, Make(2, 1) with { Model = "new" }]);
        Assert.Equal(("old", "old"), Models(Compare(one, both).Scores.Single()));
        var error = Assert.Throws<UserErrorException>(() => Compare(both, Scores(2, i => 1)));
        Assert.Contains("c#old", error.Message, StringComparison.Ordinal);

        static (string, string) Models(ScoreDifference row)
        {
            return (row.ModelA, row.ModelB);
        }
    }

    [Fact]
    public void What_the_runs_do_not_share_is_told_with_what_they_have()
    {
        RunScores a = Scores(5, i => 1), b = Fill("b", [Make(1, 1) with { Task = "tusk" }]);
        Assert.Contains("tusk", Assert.Throws<UserErrorException>(() => Compare(a, b)).Message, StringComparison.Ordinal);
        Assert.Contains("exact_match", Assert.Throws<UserErrorException>(() => Compare(a, a, new ComparisonOptions { Metrics = ["exact_mach"] })).Message, StringComparison.Ordinal);
        Assert.Contains("'task'", Assert.Throws<UserErrorException>(() => Compare(a, a, new ComparisonOptions { Tasks = ["tisk"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_model_is_told_with_those_there_are()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => RunScores.ReadAsync("a", new[] { Make(1, 1) }.ToAsyncEnumerable(), "mm", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("It has: m.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_pairs_and_no_spread_are_reasons_and_not_numbers()
    {
        var none = Compare(Fill("a", [Make(1, 1) with { Scores = new Dictionary<string, double>() }, Make(2, 1)]), Fill("b", [Make(1, 1), Make(2, 1) with { Scores = new Dictionary<string, double>() }])).Scores.Single();
        Assert.Equal((null, null, ComparisonVerdict.Undecided), (none.Difference, none.P, none.Verdict));
        Assert.NotNull(none.Reason);
        var flat = Compare(Scores(10, i => 0.5), Scores(10, i => 0.25)).Scores.Single();
        Assert.Equal((-0.25, null), (flat.Difference!.Value, flat.P));
        Assert.Contains("spread", flat.Reason, StringComparison.Ordinal);
    }

    static RunComparison Compare(RunScores a, RunScores b, ComparisonOptions? options = null) => Comparison.Compare(a, b, options, TestContext.Current.CancellationToken);

    static RunScores Scores(int count, Func<int, double> score) => Fill("a", Enumerable.Range(0, count).Select(i => Make(i, score(i))));

    static RunScores Fill(string label, IEnumerable<Record> records)
    {
        var scores = new RunScores(label);
        foreach (var record in records)
        {
            scores.Add(record);
        }

        return scores;
    }

    static Record Make(int id, double score) => new()
    {
        Id = $"{id}",
        Stage = "evaluate",
        Task = "task",
        Model = "m",
        Filter = "none",
        Target = $"t{id}",
        Answer = $"{score}",
        Outcome = Outcome.Ok,
        Scores = new Dictionary<string, double> { ["exact_match"] = score },
    };
}
