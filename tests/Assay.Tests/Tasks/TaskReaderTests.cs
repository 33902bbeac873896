using Assay.Tasks;

namespace Assay.Tests.Tasks;

public sealed class TaskReaderTests : IDisposable
{
    const string Base = """
        task: t
        dataset_path: json
        dataset_kwargs: {data_files: {test: rows.jsonl}}
        test_split: test
        doc_to_text: "{{q}}"
        doc_to_target: a

        """;

    readonly TemporaryFolder _folder = new();

    public TaskReaderTests()
    {
        _folder.Write("rows.jsonl", "{\"q\": \"1+1\", \"a\": 2}\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_task_without_lists_gets_the_defaults_of_the_harness()
    {
        var task = Read(Base).Require();
        Assert.Equal(("none", "exact_match", " "), (task.Filters.Single().Name, task.Metrics.Single().Name, task.TargetDelimiter));
        Assert.Equal(["\n\n"], task.Generation.Until);
        Assert.Equal((256, 0.0), (task.Generation.MaxTokens, task.Generation.Temperature));
        Assert.Equal(Path.Combine(_folder.Path, "rows.jsonl"), task.Files["test"].Single());
    }

    // PyYAML 6.0: repr(yaml.safe_load("[" + yaml + "]")), but a date stays text.
    [Theory]
    [InlineData("yes", "[True]")]
    [InlineData("Off", "[False]")]
    [InlineData("'yes'", "['yes']")]
    [InlineData("y", "['y']")]
    [InlineData("~", "[None]")]
    [InlineData("1_000", "[1000]")]
    [InlineData("010", "[8]")]
    [InlineData("0x1F", "[31]")]
    [InlineData("-0b11", "[-3]")]
    [InlineData("1:30", "[90]")]
    [InlineData("1e3", "['1e3']")]
    [InlineData("1.5e+3", "[1500.0]")]
    [InlineData(".5", "[0.5]")]
    [InlineData("-.inf", "[-inf]")]
    [InlineData("!!str 5", "['5']")]
    [InlineData("2001-01-01", "['2001-01-01']")]
    public void Scalars_are_those_of_YAML_1_1(string yaml, string expected)
    {
        var choices = Read(Base + $"doc_to_choice: [{yaml}]\n").Require().DocToChoice!.Of(new Document("d", new Dictionary<string, object?>()));
        Assert.Equal(expected, Template.Parse("{{ x }}").Render(new Dictionary<string, object?> { ["x"] = choices }));
    }

    [Fact]
    public void Later_includes_win_over_earlier_ones_and_the_file_over_both()
    {
        _folder.Write("one.yaml", Base + "target_delimiter: one\ndescription: one\n");
        _folder.Write("two.yaml", "include: one.yaml\ntarget_delimiter: two\ndoc_to_target: q\n");
        var task = Read("include: [one.yaml, two.yaml]\ntask: own\n").Require();
        Assert.Equal(("own", "two", "one", "q"), (task.Name, task.TargetDelimiter, task.Description!.Source, task.DocToTarget.Source));
    }

    [Fact]
    public void A_cycle_of_includes_is_named()
    {
        _folder.Write("one.yaml", "include: task.yaml\n");
        var problem = Assert.Single(Read("task: t\ninclude: one.yaml\n").Problems);
        Assert.Equal(("one.yaml", 1), (Path.GetFileName(problem.File), problem.Line));
        Assert.Contains("closes a cycle: task.yaml includes one.yaml includes task.yaml", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_keys_and_anchors_are_followed()
    {
        var task = Read(Base + """
            metric_list:
              - &m {metric: exact_match, ignore_case: yes}
            generation_kwargs: {<<: {max_gen_toks: 5, until: x}, until: "y"}
            """).Require();
        Assert.True(task.Metrics[0].Options.IgnoreCase);
        Assert.Equal(("y", 5), (task.Generation.Until.Single(), task.Generation.MaxTokens));
    }

    [Theory]
    [InlineData("descripton: x", 7, "unknown key 'descripton'. Did you mean 'description'?")]
    [InlineData("use_prompt: x", 7, "the key 'use_prompt' of lm-evaluation-harness is not supported")]
    [InlineData("process_docs: !function utils.process_docs", 7, "'process_docs' calls the Python function 'utils.process_docs'")]
    [InlineData("metric_list:\n  - metric: !function m.f", 8, "'metric_list' calls the Python function 'm.f'")]
    [InlineData("metric_list:\n  - metric: blue", 8, "the metric 'blue' is not supported for this output_type. Did you mean 'bleu'? Supported: exact_match, bleu, chrf, ter, number,")]
    [InlineData("metric_list:\n  - metric: bleu\n    aggregation: mean", 9, "the aggregation 'mean' is not supported. Supported: bleu with the aggregation bleu.")]
    [InlineData("metric_list:\n  - metric: bleu\n    tokenize: zh", 9, "the metric 'bleu' has no 'tokenize' that is supported")]
    [InlineData("metric_list:\n  - metric: chrf\n  - metric: chrf", 9, "'chrf' stands twice in metric_list")]
    [InlineData("metric_list:\n  - metric: exact_match\n    aggregation: median", 9, "the aggregation 'median' is not supported")]
    [InlineData("metric_list:\n  - metric: exact_match\n    ignore_cas: true", 9, "the metric 'exact_match' has no 'ignore_cas' that is supported. Did you mean 'ignore_case'?")]
    [InlineData("metric_list:\n  - metric: exact_match\n    ignore_case: 'yes'", 9, "'ignore_case' is 'yes' (str); expected true or false")]
    [InlineData("metric_list:\n  - metric: exact_match\n    regexes_to_ignore: ['(']", 9, "'(' is no regular expression")]
    [InlineData("num_fewshot: -1", 7, "'num_fewshot' is -1 (int); expected a whole number of at least 0")]
    [InlineData("repeats: 0", 7, "'repeats' is 0 (int); expected a whole number of at least 1")]
    [InlineData("fewshot_config: {sampler: balanced}", 7, "unknown sampler 'balanced'")]
    [InlineData("fewshot_config: {samples: {a: 1}}", 7, "'samples' is {'a': 1} (dict); expected a list of mappings")]
    [InlineData("fewshot_config: {fewshot_indices: [1]}", 7, "fewshot_config has no 'fewshot_indices' that is supported")]
    [InlineData("generation_kwargs: {num_beams: 4}", 7, "num_beams is 4, and a service generates without beam search")]
    [InlineData("output_type: generate_untill", 7, "unknown output_type 'generate_untill'. Did you mean 'generate_until'?")]
    [InlineData("output_type: multiple_choice", 1, "'doc_to_choice' is missing")]
    [InlineData("output_type: multiple_choice\ndoc_to_choice: q\nmetric_list:\n  - metric: bleu", 10, "the metric 'bleu' is not supported for this output_type")]
    [InlineData("output_type: multiple_choice\ndoc_to_choice: q\nfilter_list:\n  - name: n\n    filter:\n      - function: lowercase\n      - function: take_first", 9, "filter_list filters texts")]
    [InlineData("description: '{{ a'", 7, "'description': at line 1, column 5 of the template")]
    [InlineData("filter_list:\n  - name: n\n    filter:\n      - function: regexx\n      - function: take_first", 10, "the filter 'regexx' is not supported. Did you mean 'regex'?")]
    [InlineData("filter_list:\n  - name: n\n    filter:\n      - function: lowercase", 8, "the pipeline 'n' must end with 'function: take_first'")]
    [InlineData("filter_list:\n  - name: n\n    filter:\n      - function: regex\n        regex_pattern: '['\n      - function: take_first", 11, "'[' is no regular expression")]
    [InlineData("validation_split: [", 8, "broken YAML")]
    public void A_problem_has_its_line_and_says_what_is_meant(string added, int line, string expected)
    {
        var file = Read(Base + added + "\n");
        Assert.Null(file.Definition);
        var problem = Assert.Single(file.Problems);
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
    }

    [Fact]
    public void All_problems_come_at_once()
    {
        var file = Read("dataset_path: openai/gsm8k\nfoo: 1\ntest_split: test\ndoc_to_text: '{{'\n");
        Assert.Equal(5, file.Problems.Length);
        Assert.Equal(5, Assert.Throws<UserErrorException>(file.Require).Message.Split('\n').Length);
    }

    [Fact]
    public void Data_files_are_looked_for_beside_the_task_and_then_in_the_current_directory()
    {
        using var current = new TemporaryFolder();
        var source = Base.Replace("rows.jsonl", "other.jsonl", StringComparison.Ordinal);
        var problem = Assert.Single(Read(source, current.Path).Problems);
        Assert.Contains(Path.Combine(_folder.Path, "other.jsonl"), problem.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(current.Path, "other.jsonl"), problem.Message, StringComparison.Ordinal);

        var path = current.Write("other.jsonl", "");
        Assert.Equal(path, Read(source, current.Path).Require().Files["test"].Single());
    }

    TaskFile Read(string yaml, string? current = null) => TaskReader.Read(_folder.Write("task.yaml", yaml), current ?? _folder.Path);
}
