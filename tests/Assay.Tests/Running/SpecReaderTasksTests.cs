using Assay.Models;
using Assay.Running;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Running;

public sealed class SpecReaderTasksTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public SpecReaderTasksTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "tasks", "inner"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data", "sums"));
        _folder.Write("data/sums/test.jsonl", "{\"q\": \"1 + 1\", \"a\": \"2\", \"kind\": \"plus\"}\n");
        foreach (var name in new[] { "small", "large", "other" })
        {
            _folder.Write($"tasks/inner/{name}.yaml", $$$"""
                task: {{{name}}}
                tag: sums
                dataset_path: sums
                output_type: generate_until
                test_split: test
                doc_to_text: "{{q}} ="
                doc_to_target: a
                metric_list: [{metric: exact_match}]
                """);
        }

        _folder.Write("tasks/both.yaml", "group: both\ntask: [small, large]\naggregate_metric_list: [{metric: exact_match}]\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_of_a_folder_are_tasks_groups_and_tags_with_their_data()
    {
        var spec = Read("tasks: {folder: tasks, data: data, names: [both, {path: other, slices: [kind]}], num_fewshot: 0}").Spec!;
        Assert.Equal(["small", "large", "other"], spec.Tasks.Select(task => task.Name));
        Assert.Equal(["both"], spec.Groups.Select(group => group.Name));
        Assert.Equal(["kind"], spec.Tasks[2].Slices);
        Assert.Equal(0, spec.Fewshot);
        Assert.All(spec.Tasks, task => Assert.True(File.Exists(task.Files["test"][0])));
        Assert.Equal(["large", "other", "small"], Read("tasks: {folder: tasks, data: data, names: sums}").Spec!.Tasks.Select(task => task.Name).Order());
        Assert.Equal(["other"], Read("tasks: {data: data, names: [tasks/inner/other.yaml]}").Spec!.Tasks.Select(task => task.Name));
    }

    [Fact]
    public void A_service_has_a_revision_and_prices()
    {
        var reading = SpecReader.Read(
            "name: x\ntasks: {data: data, names: tasks/inner/other.yaml}\nmodel: {openai: {base_url: 'http://127.0.0.1/v1', model: m, revision: '2026-01', prices: {input: 0.15, output: 0.6}}}\n",
            "spec.yaml", _folder.Path, _folder.Path);
        var model = Assert.IsType<OpenAIModelOptions>(Assert.Single(reading.Spec!.Models));
        Assert.Equal(("2026-01", new TokenPrices(0.15, 0.6)), (model.Revision, model.Prices));
    }

    [Theory]
    [InlineData("{folder: tasks, data: data, names: [smal]}", "'smal'", "'small'")]
    [InlineData("{folder: task, data: data, names: [small]}", "'task'", "folder of task files")]
    [InlineData("{folder: tasks, data: dat, names: [small]}", "'dat'", "folder of data sets")]
    [InlineData("{folder: tasks, names: [small]}", "'sums'", "--data")]
    [InlineData("{folder: tasks, data: data}", "'names'", "Add")]
    [InlineData("{data: data, names: [small]}", "'small'", "no such file")]
    [InlineData("{folder: tasks, data: data, names: [small], fewshot: 3}", "'fewshot'", "num_fewshot")]
    public void A_mistake_about_names_is_told(string tasks, params string[] words)
    {
        var problem = Assert.Single(Read($"tasks: {tasks}").Problems);
        Assert.All(words, word => Assert.Contains(word, problem.Message, StringComparison.Ordinal));
    }

    SpecReading Read(string tasks) => SpecReader.Read($"name: x\n{tasks}\nmodel: {{local: tiny}}\n", "spec.yaml", _folder.Path, _folder.Path);
}
