using Assay.Tasks;

namespace Assay.Tests.Tasks;

public sealed class TaskSamplesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_description_stands_before_the_prompt_and_positions_run_through_the_files()
    {
        _folder.Write("two.jsonl", "{\"q\": \"c\", \"a\": 3}\n");
        var samples = await ReadAsync("description: \"About {{q}}:\\n\"\ndoc_to_text: q\ndoc_to_target: a\n", "{\"q\": \"b\", \"a\": 2}\n", "[rows.jsonl, two.jsonl]");
        Assert.Equal(["About b:\nb", "About c:\nc"], samples.Select(sample => sample.Prompt));
        Assert.Equal([("0", 0L), ("1", 1L)], samples.Select(sample => (sample.Id, sample.Position)));
    }

    [Theory]
    [InlineData("doc_to_target: a", "3", "3")]
    [InlineData("doc_to_target: a", "[\"x\", 1]", "x|1")]
    [InlineData("doc_to_target: a", "\"[1, 2]\"", "[1, 2]")]
    [InlineData("doc_to_target: '{{a}}'", "[\"it's\", 1, null]", "it's|1|None")]
    [InlineData("doc_to_target: '{{a}}'", "\"[not a list]\"", "[not a list]")]
    [InlineData("doc_to_target: '{{a}}'", "1.0", "1.0")]
    [InlineData("doc_to_target: a", "null", "")]
    [InlineData("doc_to_target: 7", "null", "7")]
    [InlineData("doc_to_target: a\ndoc_to_choice: [x, y]", "1", "y")]
    [InlineData("doc_to_target: '{{a}}'\ndoc_to_choice: \"{{['x', 'y']}}\"", "1", "y")]
    [InlineData("doc_to_target: '{{a}}'\ndoc_to_choice: {no: x, 'yes': y}", "0", "x")]
    [InlineData("doc_to_target: '{{a}}'", "1", "1")]
    public async Task Targets_follow_the_rules_of_the_harness(string keys, string answer, string expected)
    {
        var sample = Assert.Single(await ReadAsync($"doc_to_text: q\n{keys}\n", $"{{\"q\": \"b\", \"a\": {answer}}}\n"));
        Assert.Equal(expected, string.Join('|', sample.Targets));
    }

    [Fact]
    public async Task A_text_that_is_judged_as_a_whole_draws_no_worked_examples()
    {
        // There is no split 'train': drawing from it would be refused.
        var samples = await ReadAsync("doc_to_text: ''\ndoc_to_target: q\noutput_type: loglikelihood_rolling\nnum_fewshot: 3\nfewshot_split: train\n", "{\"q\": \"b\"}\n");
        Assert.Equal("b", Assert.Single(Assert.Single(samples).Arguments).Continuation);
    }

    [Fact]
    public async Task A_column_can_name_the_samples_and_tag_them()
    {
        var options = new SampleOptions { IdColumn = "id", TagColumns = ["kind"], Limit = 1 };
        var sample = Assert.Single(await ReadAsync(
            "doc_to_text: q\ndoc_to_target: q\n", "{\"q\": 1, \"id\": 17, \"kind\": \"easy\"}\n{\"q\": 2, \"id\": 17}\n", options: options));
        Assert.Equal(("17", "easy"), (sample.Id, sample.Tags["kind"]));
    }

    [Theory]
    [InlineData("{\"q\": 1, \"id\": 1}\n{\"q\": 2, \"id\": 1}\n", "rows.jsonl:2: the id '1' stands at")]
    [InlineData("{\"q\": 1, \"id\": 1}\n{\"w\": 2, \"id\": 2}\n", "rows.jsonl:2: the column 'q', which 'doc_to_text' names, is missing")]
    [InlineData("{\"q\": null, \"id\": 1}\n", "rows.jsonl:1: the column 'q', which 'doc_to_text' names, is null")]
    [InlineData("{\"q\": 1, \"i\": 1}\n", "rows.jsonl:1: there is no column 'id'. Did you mean 'i'?")]
    public async Task A_document_that_cannot_become_a_sample_is_named(string rows, string expected)
    {
        var options = new SampleOptions { IdColumn = "id" };
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync("doc_to_text: q\ndoc_to_target: x\n", rows, options: options));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    async Task<List<Sample>> ReadAsync(string keys, string rows, string files = "rows.jsonl", SampleOptions? options = null)
    {
        _folder.Write("rows.jsonl", rows);
        var path = _folder.Write("task.yaml", $"task: t\ndataset_path: json\ndataset_kwargs: {{data_files: {{test: {files}}}}}\ntest_split: test\n{keys}");
        var samples = new List<Sample>();
        await foreach (var sample in TaskSamples.ReadAsync(TaskReader.Read(path, _folder.Path).Require(), options, TestContext.Current.CancellationToken))
        {
            samples.Add(sample);
        }

        return samples;
    }
}
