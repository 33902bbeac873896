using Assay.Models;
using Assay.Tasks;
using Assay.Tests.Tasks;

namespace Assay.Tests.Models;

public sealed class ReplayModelTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_match_by_position_and_missing_and_unused_ones_are_told()
    {
        var model = await LoadAsync("{\"answer\": \"a\"}\n{\"answer\": null}\n{\"error\": \"x\"}\n{\"answer\": 1.0}\n", "{{ answer }}");
        Assert.Equal(new Response("a", Outcome.Ok), await AskAsync(model, 0));
        Assert.Equal("rows.jsonl:2: the output is null", Path.GetFileName((await AskAsync(model, 1)).Reason));
        Assert.Contains("'answer' is not defined", (await AskAsync(model, 2)).Reason, StringComparison.Ordinal);
        Assert.Equal(1, model.UnusedRows);
        Assert.Equal("1.0", (await AskAsync(model, 3)).Text);
        var missing = await AskAsync(model, 4);
        Assert.Equal((Outcome.Error, null), (missing.Outcome, missing.Text));
        Assert.Contains("has 4 rows and none for position 4", missing.Reason, StringComparison.Ordinal);
        Assert.Equal((4, 0), (model.RowCount, model.UnusedRows));
    }

    [Fact]
    public async Task Rows_match_by_an_id_column_and_a_template_sees_the_row()
    {
        var model = await LoadAsync("{\"n\": 7, \"175b\": {\"s\": \"x\"}}\n{\"n\": 8, \"175b\": {\"s\": \"y\"}}\n", "{{ row['175b']['s'] }}", id: "n");
        Assert.Equal("y", (await AskAsync(model, 0, "8")).Text);
        Assert.Contains("has no row whose 'n' is '9'", (await AskAsync(model, 0, "9")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_come_back_as_they_were_whatever_their_size_and_script()
    {
        string[] texts = ["", "a", "答案是四十二", "\ud83d\ude00 \ufffd", new string('x', 3 << 20), "last", .. Enumerable.Range(0, 3000).Select(i => new string('y', i))];
        var model = await LoadAsync(string.Join('\n', texts.Select(text => new System.Text.Json.Nodes.JsonObject { ["t"] = text }.ToJsonString())), "{{ t }}");
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(texts[i], (await AskAsync(model, i)).Text);
        }
    }

    [Fact]
    public async Task A_text_that_is_no_unicode_comes_back_as_it_was()
    {
        var model = await LoadAsync("{\"t\": \"x\"}", "{{ '\\ud800' + t }}");
        Assert.Equal("\ud800x", (await AskAsync(model, 0)).Text);
    }

    [Fact]
    public async Task A_double_id_is_refused()
    {
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => LoadAsync("{\"n\": 7}\n{\"n\": 7}\n", "{{ n }}", id: "n"));
        Assert.Contains("rows.jsonl:2: the 'n' '7' stands at", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_fits_no_row_is_refused()
    {
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => LoadAsync("{\"answer\": 7}\n{\"answer\": 8}\n", "{{ anwser }}"));
        Assert.Contains("rows.jsonl:1: replay output: at line 1, column 4 of the template: 'anwser' is not defined. Did you mean 'answer'?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_about_another_question_is_an_error_of_that_sample()
    {
        var model = await LoadAsync("{\"q\": \"one\", \"answer\": \"a\"}\n{\"q\": \"two\", \"answer\": \"b\"}\n", "{{ answer }}", check: "q");
        Assert.Equal("a", (await AskAsync(model, 0, question: "one")).Text);
        var other = await AskAsync(model, 1, question: "three");
        Assert.Equal(Outcome.Error, other.Outcome);
        Assert.Contains("rows.jsonl:2: the column 'q' differs from that of the sample at d", other.Reason, StringComparison.Ordinal);
    }

    Task<ReplayModel> LoadAsync(string rows, string output, string? id = null, string? check = null) => ReplayModel.LoadAsync(
        new ReplayOptions { Path = _folder.Write("rows.jsonl", rows), Output = output, Id = id, Check = check }, TestContext.Current.CancellationToken);

    static ValueTask<Response> AskAsync(ReplayModel model, long position, string id = "", string question = "") => model.AnswerAsync(
        new Request
        {
            SampleId = id,
            Position = position,
            Prompt = "",
            Document = new Document("d", new Dictionary<string, object?> { ["q"] = question }),
        },
        TestContext.Current.CancellationToken);
}
