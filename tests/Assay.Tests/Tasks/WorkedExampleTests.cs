using Assay.Tasks;

namespace Assay.Tests.Tasks;

/// <summary>Prompts with worked examples, in text and as chat; the rules are lm-evaluation-harness 0.4.13's (api/task.py, api/samplers.py).</summary>
public sealed class WorkedExampleTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public WorkedExampleTests()
    {
        _folder.Write("test.jsonl", "{\"q\": \"t0\", \"a\": 1}\n{\"q\": \"t1\", \"a\": 0}\n{\"q\": \"t2\", \"a\": 1}\n{\"q\": \"t3\", \"a\": 1}\n");
        _folder.Write("train.jsonl", "{\"q\": \"s0\", \"a\": 0}\n{\"q\": \"s1\", \"a\": 1}\n{\"q\": \"s2\", \"a\": 1}\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_of_a_split_stand_before_the_question_in_their_order()
    {
        var samples = await ReadAsync("fewshot_split: train\nnum_fewshot: 2\nfewshot_config: {sampler: first_n}\ndescription: \"Say.\"\n");
        Assert.Equal("Say.s0 -> 0\n\ns1 -> 1\n\nt0 ->", samples[0].Prompt);
        Assert.Equal("Say.s0 -> 0\n\ns1 -> 1\n\nt1 ->", samples[1].Prompt);
    }

    // With no test_split and no fewshot_split both names are absent, so the document may be among them and is left out.
    [Fact]
    public async Task A_document_is_no_worked_example_of_itself()
    {
        var samples = await ReadAsync("num_fewshot: 3\n", split: "validation_split");
        Assert.All(samples, sample => Assert.Equal(1, sample.Prompt.Split('\n').Count(line => line.StartsWith($"t{sample.Position} ->", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Samples_of_the_task_file_have_fields_of_their_own()
    {
        var samples = await ReadAsync("num_fewshot: 1\nfewshot_config:\n  sampler: first_n\n  doc_to_target: \"{{why}}\"\n  fewshot_delimiter: \"|\"\n  samples:\n    - {q: s, why: because}\n");
        Assert.Equal("s -> because|t0 ->", samples[0].Prompt);
    }

    [Fact]
    public async Task A_begun_answer_is_put_to_the_model_and_before_every_worked_answer()
    {
        var samples = await ReadAsync("fewshot_split: train\nnum_fewshot: 1\nfewshot_config: {sampler: first_n}\ngen_prefix: \"So:\"\n");
        Assert.Equal("s0 -> So: 0\n\nt0 -> So:", samples[0].Prompt);
    }

    [Fact]
    public async Task Chat_turns_hold_no_delimiters_and_collapse_to_one_message_with_them()
    {
        var samples = await ReadAsync("fewshot_split: train\nnum_fewshot: 1\nfewshot_config: {sampler: first_n}\ndescription: D\n", options: new SampleOptions { Chat = true, System = "S" });
        var turns = samples[0].Arguments[0].Turns;
        Assert.Equal([("system", "S\n\nD"), ("user", "s0 ->"), ("assistant", "0"), ("user", "t0 ->")], turns.Select(turn => (turn.Role, turn.Content)));
        Assert.Equal([("system", "S\n\nD"), ("user", "s0 -> 0\n\nt0 ->")], PromptTurn.Collapse(turns).Select(turn => (turn.Role, turn.Content)));
    }

    [Fact]
    public async Task A_choice_follows_a_chat_prompt_without_the_delimiter_of_the_text()
    {
        const string Choices = "output_type: multiple_choice\ndoc_to_choice: ['no', 'yes']\n";
        Assert.Equal([" no", " yes"], (await ReadAsync(Choices))[0].Arguments.Select(argument => argument.Continuation));
        var chat = await ReadAsync(Choices, options: new SampleOptions { Chat = true });
        Assert.Equal(["no", "yes"], chat[0].Arguments.Select(argument => argument.Continuation));
        Assert.Equal((1, "yes"), (Assert.Single(chat[0].Gold), Assert.Single(chat[0].Targets)));
    }

    [Fact]
    public async Task A_number_of_a_choice_as_prompt_puts_the_choices_into_the_contexts()
    {
        var samples = await ReadAsync("output_type: multiple_choice\ndoc_to_choice: \"{{[q ~ ' left', q ~ ' right']}}\"\n", text: "{{a}}", target: "end");
        Assert.Equal([("t0 left", " end"), ("t0 right", " end")], samples[0].Arguments.Select(argument => (argument.Context, argument.Continuation)));
        Assert.Equal([1], samples[0].Gold);
    }

    [Theory]
    [InlineData("fewshot_split: train\nnum_fewshot: 4\n", "4 worked examples are to be taken from the split 'train', which has 3 to give")]
    [InlineData("fewshot_split: dev\nnum_fewshot: 1\n", "have no split 'dev'")]
    [InlineData("num_fewshot: 1\nfewshot_config: {samples: [{w: 1}]}\n", "'q' is not defined")]
    public async Task What_cannot_be_drawn_is_named(string keys, string expected)
    {
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(keys));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    async Task<List<Sample>> ReadAsync(string keys, string split = "test_split", string text = "{{q}} ->", string target = "{{a}}", SampleOptions? options = null)
    {
        var path = _folder.Write("task.yaml", $"task: t\ndataset_path: json\ndataset_kwargs: {{data_files: {{test: test.jsonl, train: train.jsonl}}}}\n{split}: test\ndoc_to_text: \"{text}\"\ndoc_to_target: \"{target}\"\n{keys}");
        var samples = new List<Sample>();
        await foreach (var sample in TaskSamples.ReadAsync(TaskReader.Read(path, _folder.Path).Require(), options, TestContext.Current.CancellationToken))
        {
            samples.Add(sample);
        }

        return samples;
    }
}
