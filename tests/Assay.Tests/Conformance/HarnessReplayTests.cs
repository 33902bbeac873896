using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>The sample files of lm-evaluation-harness are replayed as they are: one response a document, whatever the filters.</summary>
public class HarnessReplayTests
{
    [Theory]
    [InlineData("hf", "arith_gen_5shot")]
    [InlineData("completions", "capitals_em_case_punct")]
    public async Task Logged_responses_answer_their_documents(string run, string name)
    {
        var folder = SharedFolder.Find("data", "harness_parity");
        var path = Path.Combine(folder, run, $"samples_pg_{name}.jsonl");
        var task = TaskReader.Read(Path.Combine(folder, "tasks", $"{name}.yaml"), folder).Require();
        var replay = await ReplayModel.LoadAsync(new ReplayOptions { Path = path, Output = "{{ output }}" }, TestContext.Current.CancellationToken);
        var logged = new Dictionary<(long, string), double>();
        await foreach (var row in DocumentReader.ReadAsync(path, null, TestContext.Current.CancellationToken))
        {
            logged[((long)row["doc_id"]!, (string)row["filter"]!)] = (double)row["exact_match"]!;
        }

        await foreach (var sample in TaskSamples.ReadAsync(task, null, TestContext.Current.CancellationToken))
        {
            foreach (var score in TaskScorer.Score(task, sample, await replay.AnswerAsync(Request.For(task, sample), TestContext.Current.CancellationToken)))
            {
                Assert.Equal(logged[(sample.Position, score.Filter)], score.Scores["exact_match"]);
            }
        }

        Assert.Equal(0, replay.UnusedRows);
    }
}
