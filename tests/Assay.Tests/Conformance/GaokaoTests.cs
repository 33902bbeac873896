using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>GPT-4's marks in the objective questions of OpenLMLab/GAOKAO-Bench: extracted answers and totals.</summary>
public class GaokaoTests
{
    // Totals by the published rule over the stored answers; points that can be had; how many stored answers differ from ours.
    [Theory]
    [InlineData("english_mcqs", "2010-2013_English_MCQs", 98, 105, 0)]
    [InlineData("biology_mcqs", "2010-2022_Biology_MCQs", 726, 900, 0)]
    [InlineData("history_mcqs", "2010-2022_History_MCQs", 868, 1148, 0)]
    [InlineData("math_i_mcqs", "2010-2022_Math_I_MCQs", 575, 1070, 0)]
    [InlineData("physics_mcqs", "2010-2022_Physics_MCQs", 213, 384, 0)]
    [InlineData("english_fill_in_blanks", "2010-2022_English_Fill_in_Blanks", 858, 900, 0)]

    // 'No answer is right', of which their script takes the first capital letter.
    [InlineData("chinese_lang_and_usage_mcqs", "2010-2022_Chinese_Lang_and_Usage_MCQs", 111, 240, 1)]
    public async Task Total_equals_that_of_the_published_rule(string name, string keyword, double total, double possible, int differing)
    {
        var data = SharedFolder.Find("data", "gaokao");
        var task = TaskReader.Read(Repository.PathOf("samples", "tasks", "gaokao", $"gaokao_{name}.yaml"), data).Require();
        var replay = await ReplayModel.LoadAsync(
            new ReplayOptions { Path = Path.Combine(data, "obj", $"gpt-4-0314_{keyword}.json"), Output = "{{ model_output }}", Check = "index" },
            TestContext.Current.CancellationToken);

        var (sum, most, others) = (0.0, 0.0, 0);
        await foreach (var sample in TaskSamples.ReadAsync(task, null, TestContext.Current.CancellationToken))
        {
            var score = Assert.Single(TaskScorer.Score(task, sample, await replay.AnswerAsync(Request.For(task, sample), TestContext.Current.CancellationToken)));
            var stored = Template.Parse("{{ model_answer | join(' ') }}").Render(sample.Document.Columns);
            others += stored == (score.Outcome == Outcome.WrongFormat ? "" : score.Answer) ? 0 : 1;
            sum += score.Scores["points"];
            most += Template.Parse("{{ score * (standard_answer | length) }}").Evaluate(sample.Document.Columns) is { } value ? Convert.ToDouble(value, null) : 0;
        }

        Assert.Equal(total, sum, 1e-9);
        Assert.Equal(possible, most, 1e-9);
        Assert.Equal(differing, others);
    }
}
