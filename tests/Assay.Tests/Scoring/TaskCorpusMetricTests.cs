using System.Collections.Immutable;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;
using Assay.Tests.Tasks;

namespace Assay.Tests.Scoring;

public sealed class TaskCorpusMetricTests : IDisposable
{
    // sacrebleu's _hyps and first _refs; BLEU(), CHRF() and TER().corpus_score of f615c72.
    static readonly string[] _outputs = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
    static readonly string[] _targets = ["The dog bit the man.", "It was not unexpected.", "The man bit him first."];

    readonly TemporaryFolder _folder = new();
    readonly TaskDefinition _task;

    public TaskCorpusMetricTests()
    {
        _folder.Write("rows.jsonl", "");
        _task = TaskReader.Read(
            _folder.Write("task.yaml", """
                task: t
                dataset_path: json
                dataset_kwargs: {data_files: {test: rows.jsonl}}
                test_split: test
                doc_to_text: q
                doc_to_target: a
                metric_list:
                  - {metric: bleu, aggregation: bleu, higher_is_better: true}
                  - {metric: chrf}
                  - {metric: ter, aggregation: ter, higher_is_better: false}
                  - {metric: exact_match}
                """),
            _folder.Path).Require();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Corpus_metrics_are_of_all_answers_together_and_not_the_mean()
    {
        var scores = _outputs.Zip(_targets, (output, target) => Assert.Single(TaskScorer.Score(_task, Sample(target), new Response(output, Outcome.Ok)))).ToList();
        var estimates = TaskEstimates.Compute(_task, "m", scores, new EstimateOptions { Seed = 1, Rounds = 100 }, TestContext.Current.CancellationToken);
        Assert.Equal(["bleu", "chrf", "ter", "exact_match"], estimates.Select(estimate => estimate.Metric));
        Assert.Equal(45.06750632106114, estimates[0].Value!.Value, 1e-9);
        Assert.Equal(50.043063606582294, estimates[1].Value!.Value, 1e-9);
        Assert.Equal(50.0, estimates[2].Value!.Value, 1e-9);
        Assert.Equal(1.0 / 3, estimates[3].Value);
        Assert.All(estimates[..3], estimate => Assert.Equal((3, "bootstrap-bca", "t", "m"), (estimate.N, estimate.Method, estimate.Task, estimate.Model)));
        Assert.Equal((100, 0), (Math.Round(scores[0].Scores["bleu"], 9), scores[0].Scores["ter"]));
    }

    [Fact]
    public void Failed_answers_are_excluded_and_stored_scores_alone_do_not_sum_up()
    {
        var failed = TaskScorer.Score(_task, Sample("x"), new Response(null, Outcome.Error, "x"))[0];
        var scored = TaskScorer.Score(_task, Sample("a b c d"), new Response("a b c d", Outcome.Ok))[0];
        var estimate = TaskEstimates.Compute(_task, "m", [failed, scored], null, TestContext.Current.CancellationToken)[0];
        Assert.Equal((1, 1, 100.0), (estimate.N, estimate.Excluded, Math.Round(estimate.Value!.Value, 9)));

        var stored = TaskEstimates.Compute(_task, "m", [(scored.Filter, scored.Outcome, scored.Scores)])[0];
        Assert.Null(stored.Value);
        Assert.Contains("do not sum up", stored.Reason, StringComparison.Ordinal);
    }

    static Sample Sample(params ImmutableArray<string> targets) => new()
    {
        Id = "0",
        Position = 0,
        Document = new Document("d", new Dictionary<string, object?>()),
        Arguments = [new PromptArgument([], null)],
        Targets = targets,
    };
}
