using Assay.Tasks;

namespace Assay.Tests.Tasks;

public sealed class TaskFolderTests : IDisposable
{
    const string Base = "dataset_path: json\ndataset_kwargs: {data_files: {test: rows.jsonl}}\ntest_split: test\ndoc_to_text: q\ndoc_to_target: a\n";

    readonly TemporaryFolder _folder = new();

    public TaskFolderTests()
    {
        _folder.Write("_base.yaml", Base);
        _folder.Write("one.yaml", "include: _base.yaml\ntask: one\ntag: [easy, all]\n");
        _folder.Write("two.yaml", "include: _base.yaml\ntask: two\ntag: all\n");
        _folder.Write("rows.jsonl", "{\"q\": \"x\", \"a\": \"y\"}\n");
    }

    TaskReadOptions Options => new() { CurrentDirectory = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_tags_and_groups_are_found_and_a_base_is_none()
    {
        _folder.Write("group.yaml", "group: both\ngroup_alias: Both\ntask: [two, {group: inner, task: [one]}]\naggregate_metric_list: {metric: exact_match, weight_by_size: false}\n");
        var folder = TaskFolder.Open(_folder.Path, TestContext.Current.CancellationToken);
        Assert.Equal(["one", "two"], folder.Tasks);
        Assert.Equal(["all", "easy"], folder.Tags);
        Assert.Equal(["one", "two"], folder.Find("all", Options).Select(node => node.Name));
        var group = Assert.IsType<TaskGroup>(Assert.Single(folder.Find("both", Options)));
        Assert.Equal(("Both", false), (group.Alias, group.Aggregates.Single().WeightBySize));
        Assert.Equal(["two", "both::inner"], group.Children.Select(child => child.Name));
        Assert.Equal(["two", "one"], group.Leaves.Select(leaf => leaf.Name));
    }

    [Fact]
    public void A_group_changes_its_tasks_and_may_hold_one_of_its_own()
    {
        _folder.Write("group.yaml", $"""
            group: changed
            num_fewshot: 2
            task:
              - task: one
                num_fewshot: 1
              - two
              - task: own
                {Base.Replace("\n", "\n    ", StringComparison.Ordinal)}
            """);
        var group = Assert.IsType<TaskGroup>(TaskFolder.Open(_folder.Path, TestContext.Current.CancellationToken).Find("changed", Options).Single());
        Assert.Equal([1, 2, 2], group.Leaves.Select(leaf => leaf.File.Require().Fewshot.Count));
        Assert.Equal("changed::own", group.Leaves.Last().File.Require().Name);
    }

    [Theory]
    [InlineData("group: g\ntask: [thre]\n", "g", "holds 'thre', which is no task, group or tag")]
    [InlineData("group: g\ntask: [g]\n", "g", "the group 'g' holds itself: g holds g")]
    [InlineData("group: g\ntask: [one]\naggregate_metric_list: [{metric: acc, aggregation: max}]\n", "g", "the aggregation 'max' of a group is not supported")]
    [InlineData("", "onee", "There is no task, group or tag 'onee'")]
    public void What_is_wrong_is_named(string group, string name, string expected)
    {
        _folder.Write("group.yaml", group.Length == 0 ? "x: 1\n" : group);
        var folder = TaskFolder.Open(_folder.Path, TestContext.Current.CancellationToken);
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => folder.Find(name, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_files_and_double_names_are_told_and_do_not_stop_the_others()
    {
        _folder.Write("x.yaml", "task: [\n");
        _folder.Write("z.yaml", "include: _base.yaml\ntask: one\n");
        var folder = TaskFolder.Open(_folder.Path, TestContext.Current.CancellationToken);
        Assert.Equal(2, folder.Problems.Length);
        Assert.Equal(2, folder.ReadAll(Options, TestContext.Current.CancellationToken).Length);
    }

    // PyYAML: the last of two equal keys counts, and a quoted text may go on at the left edge.
    [Fact]
    public void Yaml_is_taken_as_PyYAML_takes_it()
    {
        _folder.Write("odd.yaml", "include: _base.yaml\ntask: odd\nnum_fewshot: 1\nnum_fewshot: 2\nmetadata:\n  note: \"a\nb\n c\"\ndescription: last\n");
        var task = TaskFolder.Open(_folder.Path, TestContext.Current.CancellationToken).Find("odd", Options).Cast<TaskLeaf>().Single().File.Require();
        Assert.Equal((2, "last"), (task.Fewshot.Count, task.Description!.Source));
    }

    [Fact]
    public void A_data_set_is_found_by_its_name_in_a_folder()
    {
        _folder.Write("cloud.yaml", "task: cloud\ndataset_path: org/set\ndataset_name: sub\nvalidation_split: validation\ndoc_to_text: q\ndoc_to_target: a\n");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data", "org", "set", "sub"));
        _folder.Write("data/org/set/sub/validation-00000-of-00002.jsonl", "{\"q\": \"x\", \"a\": \"y\"}\n");
        _folder.Write("data/org/set/sub/validation-00001-of-00002.jsonl", "{\"q\": \"z\", \"a\": \"y\"}\n");
        var folder = TaskFolder.Open(_folder.Path, TestContext.Current.CancellationToken);
        var found = ((TaskLeaf)folder.Find("cloud", Options with { DataFolder = Path.Combine(_folder.Path, "data") })[0]).File.Require();
        Assert.Equal(2, found.Files["validation"].Length);
        Assert.Contains("'--data DIR' with DIR/org/set/sub/validation.jsonl", ((TaskLeaf)folder.Find("cloud", Options)[0]).File.Problems[0].Message, StringComparison.Ordinal);
    }
}
