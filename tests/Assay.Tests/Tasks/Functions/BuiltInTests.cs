using Assay.Tasks;

namespace Assay.Tests.Tasks.Functions;

/// <summary>
/// Python functions that are recognised by their source and never run. The sources here are ours: the real ones are read in the harness's tree
/// (docs/tasks.md), where a function that was changed is refused.
/// </summary>
public sealed class BuiltInTests : IDisposable
{
    const string Base = "task: t\ndataset_path: json\ndataset_kwargs: {data_files: {test: rows.jsonl}}\ntest_split: test\ndoc_to_text: q\ndoc_to_target: q\n";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("def keep(dataset):\n    # the easy ones\n    return dataset.filter(lambda x: x[\"level\"] == \"easy\")\n", "keep")]
    [InlineData("from functools import partial\n\ndef process_docs(dataset, level):\n    return dataset.filter(lambda x: x['level'] == level)\n\nkeep = partial(process_docs, level='easy')\n", "keep")]
    [InlineData("LEVELS = [\n    \"Very Hard\",\n    \"easy\",\n]\n\n\ndef process_docs(dataset, level):\n    return dataset.filter(lambda x: x[\"level\"] == level)\n\n\nglobals().update({\n    f\"process_{name.lower().replace(' ', '_')}\": partial(process_docs, level=name) for name in LEVELS\n})\n", "process_easy")]
    public async Task Rows_of_one_value_are_kept(string source, string function)
    {
        _folder.Write("utils.py", source);
        _folder.Write("rows.jsonl", "{\"q\": \"a\", \"level\": \"easy\"}\n{\"q\": \"b\", \"level\": \"Very Hard\"}\n{\"q\": \"c\", \"level\": \"easy\"}\n");
        Assert.Equal(["a", "c"], (await ReadAsync($"process_docs: !function utils.{function}\n")).Select(sample => sample.Prompt));
    }

    [Theory]
    [InlineData("def keep(dataset):\n    return dataset.filter(lambda x: x[\"level\"] != \"easy\")\n")]
    [InlineData("def keep(dataset):\n    dataset = dataset.shuffle()\n    return dataset.filter(lambda x: x[\"level\"] == \"easy\")\n")]
    [InlineData("def other(dataset):\n    return dataset\n")]
    public void Any_other_function_is_refused_with_its_file_and_name(string source)
    {
        _folder.Write("utils.py", source);
        _folder.Write("rows.jsonl", "{\"q\": \"a\"}\n");
        var problem = Assert.Single(TaskReader.Read(_folder.Write("task.yaml", Base + "process_docs: !function utils.keep\n"), _folder.Path).Problems);
        Assert.Equal((7, "process_docs: utils.keep"), (problem.Line, problem.Function));
        Assert.Contains("it is none of the built-ins", problem.Message, StringComparison.Ordinal);
    }

    async Task<List<Sample>> ReadAsync(string keys)
    {
        var samples = new List<Sample>();
        var task = TaskReader.Read(_folder.Write("task.yaml", Base + keys), _folder.Path).Require();
        await foreach (var sample in TaskSamples.ReadAsync(task, null, TestContext.Current.CancellationToken))
        {
            samples.Add(sample);
        }

        return samples;
    }
}
