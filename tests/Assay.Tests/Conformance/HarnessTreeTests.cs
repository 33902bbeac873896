using System.Collections.Immutable;
using Assay.Tasks;
using Assay.Tests.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>
/// The harness's own tree of task files, lm_eval/tasks, where the variable ASSAY_HARNESS_TASKS names it: nothing of it is copied here. Counts are of commit
/// 4e7e0d47. The expected prompts were written by hand from its YAML, of rows that are ours.
/// </summary>
public class HarnessTreeTests
{
    const int Tasks = 13_031;
    const int Groups = 841;
    const int Running = 7_605;

    // random.Random(1234).sample(range(20), 5) of CPython 3.11.
    static readonly int[] _drawn = [14, 3, 0, 2, 1];

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_task_is_read_and_the_refused_say_why()
    {
        var folder = TaskFolder.Open(Tree(), Token);
        var tasks = folder.ReadAll(new TaskReadOptions { CurrentDirectory = Tree(), RequireData = false }, Token);
        TaskLeaf[] refused = [.. tasks.Where(task => task.File.Definition is null)];
        Assert.All(refused.SelectMany(task => task.File.Problems), problem => Assert.True(File.Exists(problem.File) && problem.Line > 0 && problem.Message.Length > 0, problem.ToString()));
        var functions = refused.Count(task => task.File.Problems.Any(problem => problem.Function is not null));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{tasks.Length} tasks, {folder.Groups.Count()} groups, {tasks.Length - refused.Length} run; refused for Python functions {functions}, for other reasons {refused.Length - functions}");
        Assert.SkipUnless(tasks.Length == Tasks, $"skipped: the tree is of another commit, {tasks.Length} tasks in place of {Tasks}");
        Assert.Equal(Groups, folder.Groups.Count());
        Assert.InRange(tasks.Length - refused.Length, Running, Tasks);

        // 30 tasks are classes in Python; the others that are refused reach a function.
        Assert.InRange(refused.Length - functions, 0, 40);
    }

    [Fact]
    public async Task Gsm8k_draws_five_worked_examples_as_cpython_does()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "openai/gsm8k/main/train.jsonl", Enumerable.Range(0, 20).Select(i => $$"""{"question": "What is {{i}} and 1?", "answer": "One more.\n#### {{i + 1}}"}"""));
        Write(folder, "openai/gsm8k/main/test.jsonl", ["""{"question": "What is 6 times 7?", "answer": "Six sevens.\n#### 42"}"""]);
        var sample = await SampleAsync(folder, "gsm8k");

        var shots = string.Concat(_drawn.Select(i => $"Question: What is {i} and 1?\nAnswer: One more.\n#### {i + 1}\n\n"));
        Assert.Equal($"{shots}Question: What is 6 times 7?\nAnswer:", sample.Prompt);
        Assert.Equal(["Six sevens.\n#### 42"], sample.Targets);
    }

    [Fact]
    public async Task Big_bench_hard_in_both_modes()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "SaylorTwift/bbh/causal_judgement/test.jsonl", ["""{"input": "Did the rain wet the road?\nOptions:\n- Yes\n- No", "target": "Yes"}"""]);
        Write(folder, "SaylorTwift/bbh/boolean_expressions/test.jsonl", ["""{"input": "not False is", "target": "True"}"""]);
        var direct = await SampleAsync(folder, "bbh_zeroshot_causal_judgement");
        Assert.Equal("Answer questions about causal attribution.\n\nQ: Did the rain wet the road?\nOptions:\n- Yes\n- No\nA:", direct.Prompt);
        Assert.Equal(["Yes"], direct.Targets);

        // The three worked examples are the file's own: of them only how they are put together.
        var thought = (await SampleAsync(folder, "bbh_cot_fewshot_boolean_expressions")).Prompt;
        Assert.StartsWith("Evaluate the result of a random Boolean expression.\n\nQ: not ( ( not not True ) ) is\nA: Let's think step by step.\nRemember that", thought, StringComparison.Ordinal);
        Assert.EndsWith("\n\nQ: not False is\nA: Let's think step by step.\n", thought, StringComparison.Ordinal);
        Assert.Equal(5, thought.Split("\n\n").Length);
    }

    [Fact]
    public async Task Arc_asks_for_the_text_of_each_choice()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "allenai/ai2_arc/ARC-Easy/test.jsonl", ["""{"question": "Which is hot?", "choices": {"text": ["ice", "fire", "snow"], "label": ["A", "B", "C"]}, "answerKey": "B"}"""]);
        Write(folder, "allenai/ai2_arc/ARC-Challenge/test.jsonl", ["""{"question": " Which is hot? ", "choices": {"text": ["ice", "fire", "snow"], "label": ["1", "2", "3"]}, "answerKey": "2"}"""]);
        var choice = await SampleAsync(folder, "arc_easy");
        Assert.Equal([("Question: Which is hot?\nAnswer:", " ice"), ("Question: Which is hot?\nAnswer:", " fire"), ("Question: Which is hot?\nAnswer:", " snow")], Arguments(choice));
        Assert.Equal([1], choice.Gold);

        var chat = await SampleAsync(folder, "arc_challenge_chat");

        // The file has the text in single quotes, where YAML has no line feeds: the harness asks so too.
        Assert.Equal(
            "Given the following question and four candidate answers (A, B, C and D), choose the best answer.\\nQuestion: Which is hot?\\nA. ice\\nB. fire\\nC. snow\\n" +
            "Your response should end with \"The best answer is [the_answer_letter]\" where the [the_answer_letter] is one of A, B, C or D. The best answer is", chat.Prompt);
        Assert.Equal(["B"], chat.Targets);
    }

    [Fact]
    public async Task Mmlu_shows_the_first_of_dev()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "cais/mmlu/anatomy/dev.jsonl", ["""{"question": " Where is the ulna? ", "choices": ["arm", "leg", "head", "hand"], "answer": 0}""", """{"question": "unused", "choices": ["a", "b", "c", "d"], "answer": 3}"""]);
        Write(folder, "cais/mmlu/anatomy/test.jsonl", ["""{"question": "Where is the tibia?", "choices": ["arm", "leg", "head", "hand"], "answer": 1}"""]);
        var prompt = "The following are multiple choice questions (with answers) about anatomy.\n\n" +
            "Where is the ulna?\nA. arm\nB. leg\nC. head\nD. hand\nAnswer: A\n\nWhere is the tibia?\nA. arm\nB. leg\nC. head\nD. hand\nAnswer:";
        var sample = await SampleAsync(folder, "mmlu_anatomy", shots: 1);
        Assert.Equal([(prompt, " A"), (prompt, " B"), (prompt, " C"), (prompt, " D")], Arguments(sample));
        Assert.Equal([1], sample.Gold);
    }

    [Fact]
    public async Task Agieval_has_its_prompt_in_a_column_and_several_right_choices()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "hails/agieval-aqua-rat/test.jsonl", ["""{"query": "Q: 1 + 1 = ? Answer Choices: (A)2 (B)3\nA: Among A through B, the answer is", "choices": ["(A)2", "(B)3"], "gold": [0]}"""]);
        var sample = await SampleAsync(folder, "agieval_aqua_rat");
        const string Prompt = "Q: 1 + 1 = ? Answer Choices: (A)2 (B)3\nA: Among A through B, the answer is";
        Assert.Equal([(Prompt, " (A)2"), (Prompt, " (B)3")], Arguments(sample));
        Assert.Equal([0], sample.Gold);
    }

    [Fact]
    public async Task Cmmlu_asks_in_chinese()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "haonan-li/cmmlu/agronomy/dev.jsonl", ["""{"Question": "水稻是？", "A": "谷物", "B": "水果", "C": "花卉", "D": "树木", "Answer": "A"}"""]);
        Write(folder, "haonan-li/cmmlu/agronomy/test.jsonl", ["""{"Question": " 苹果是？ ", "A": "谷物", "B": "水果", "C": "花卉", "D": "树木", "Answer": "B"}"""]);
        const string Choices = "A. 谷物\nB. 水果\nC. 花卉\nD. 树木\n答案：";
        var sample = await SampleAsync(folder, "cmmlu_agronomy", shots: 1);
        Assert.Equal($"以下是关于农学的单项选择题，请直接给出正确答案的选项。\n\n水稻是？\n{Choices} A\n\n苹果是？\n{Choices}", sample.Prompt);
        Assert.Equal([" A", " B", " C", " D"], sample.Arguments.Select(argument => argument.Continuation));
        Assert.Equal([1], sample.Gold);
    }

    static string Tree()
    {
        var path = Environment.GetEnvironmentVariable("ASSAY_HARNESS_TASKS");
        Assert.SkipWhen(string.IsNullOrEmpty(path), "skipped: ASSAY_HARNESS_TASKS does not name lm_eval/tasks of lm-evaluation-harness");
        return path;
    }

    static void Write(TemporaryFolder folder, string path, IEnumerable<string> rows)
    {
        _ = Tree();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, path))!);
        folder.Write(path, string.Join('\n', rows));
    }

    static async Task<Sample> SampleAsync(TemporaryFolder folder, string name, int? shots = null)
    {
        var found = TaskFolder.Open(Tree(), Token).Find(name, new TaskReadOptions { CurrentDirectory = folder.Path, DataFolder = folder.Path });
        var task = Assert.IsType<TaskLeaf>(Assert.Single(found)).File.Require();
        return await TaskSamples.ReadAsync(task, new SampleOptions { Fewshot = shots }, Token).SingleAsync(Token);
    }

    static ImmutableArray<(string Context, string? Continuation)> Arguments(Sample sample) => [.. sample.Arguments.Select(argument => (argument.Context, argument.Continuation))];
}
