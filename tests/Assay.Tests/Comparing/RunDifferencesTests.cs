using Assay.Comparing;
using Assay.Results;
using Record = Assay.Results.Record;

namespace Assay.Tests.Comparing;

public class RunDifferencesTests
{
    [Fact]
    public void Specs_differ_by_key()
    {
        var found = Differences(
            Header("name: x\nmodel: {openai: {model: old, base_url: u}}\ngates: [a, b]\n"), Header("name: x\nmodel: {openai: {model: new, base_url: u}}\ngates: [a]\nseed: 7\n"));
        Assert.Equal(
            [new("spec model.openai.model", "old", "new"), new("spec gates[1]", "b", null), new("spec seed", null, "7")], found);
    }

    [Fact]
    public void Command_lines_differ_by_word() => Assert.Equal(
        [new("spec", "old", "new --limit 5")], Differences(Header("# assay eval t --model old\n"), Header("# assay eval t --model new --limit 5\n")));

    [Fact]
    public void Seed_data_version_and_machine_are_told()
    {
        var found = Differences(
            Header("a: 1"), Header("a: 1") with { Seed = 2, DataHash = "ff", AssayVersion = "9", Environment = """{"os": "x", "cores": 4}""" });
        Assert.Equal(
            [new("seed", "1", "2"), new("data", null, "ff"), new("assay", "1", "9"), new("environment cores", "2", "4")], found);
    }

    [Fact]
    public void What_is_no_yaml_is_compared_as_text() => Assert.Equal(
        [new("spec", "{[", "{]")], Differences(Header("{["), Header("{]")));

    static RunDifference[] Differences(RunHeader a, RunHeader b) => [.. Comparison.Compare(Scores(a), Scores(b)).Differences];

    static RunScores Scores(RunHeader header)
    {
        var scores = new RunScores(header.Id, header);
        scores.Add(new Record { Id = "1", Stage = "evaluate", Model = "m", Outcome = Assay.Models.Outcome.Ok, Scores = new Dictionary<string, double> { ["accuracy"] = 1 } });
        return scores;
    }

    static RunHeader Header(string spec) => new()
    {
        Id = "r",
        Name = "n",
        Command = "run",
        Started = DateTimeOffset.UnixEpoch,
        Seed = 1,
        Spec = spec,
        AssayVersion = "1",
        Environment = """{"os": "x", "cores": 2}""",
    };
}
