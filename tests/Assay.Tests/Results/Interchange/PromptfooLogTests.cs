using Assay.Models;
using Assay.Results.Interchange;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Results.Interchange;

/// <summary>Shapes as in what 'promptfoo eval --output x.json' writes, version 3.</summary>
public sealed class PromptfooLogTests
{
    const string Passed = """
        {"promptIdx": 1, "testIdx": 0, "provider": {"id": "openai:gpt-4o", "label": ""}, "prompt": {"raw": "[{\"role\": \"user\", \"content\": \"Hi\"}]", "label": "chat"}, "testCase": {"metadata": {"topic": "greeting"}},
         "response": {"output": "Hello", "tokenUsage": {"prompt": 7, "completion": 2}}, "failureReason": 0, "success": true, "score": 0.9, "namedScores": {"polite": 1}, "latencyMs": 250, "cost": 0.001, "gradingResult": {"pass": true, "reason": "fine"}}
        """;

    const string Failed = """{"promptIdx": 0, "testIdx": 1, "provider": {"id": "p", "label": "mine"}, "prompt": {"raw": "Hi"}, "response": {"output": {"a": 1}}, "failureReason": 1, "success": false, "score": 0, "gradingResult": {"reason": "no greeting"}}""";

    const string Broken = """{"promptIdx": 0, "testIdx": 2, "provider": {"id": "p"}, "prompt": {"raw": "Hi"}, "error": "429", "failureReason": 2, "success": false, "score": 0}""";

    [Fact]
    public void Results_are_records_and_an_error_is_no_wrong_answer()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.json", $$"""{"evalId": "eval-1", "results": {"version": 3, "results": [{{Passed}}, {{Failed}}, {{Broken}}]}, "config": {"description": "greetings"} }""");
        Assert.Equal(LogFormat.Promptfoo, LogImport.Guess(path));
        var records = LogImport.Open([path]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).ToList();
        Assert.Equal([("0", "openai:gpt-4o", "prompt-1", "Hello"), ("1", "mine", "prompt-0", "{\"a\": 1}"), ("2", "p", "prompt-0", null)], records.Select(record => (record.Id, record.Model, record.Filter!, record.Output)));
        Assert.Equal(new Dictionary<string, double> { ["pass"] = 1, ["score"] = 0.9, ["polite"] = 1 }, records[0].Scores);
        Assert.Equal((0.25, 7, 2, 0.001, "greetings"), (records[0].Seconds, records[0].InputTokens, records[0].OutputTokens, records[0].Cost, records[0].Task));
        Assert.Equal("Hi", (string?)records[0].Input![0]!["content"]);
        Assert.Equal("greeting", records[0].Tags!["topic"]);
        Assert.Equal((Outcome.Ok, "no greeting", 0.0), (records[1].Outcome, records[1].Reason, records[1].Scores["pass"]));
        Assert.Equal((Outcome.Error, "429", 0), (records[2].Outcome, records[2].Reason, records[2].Scores.Count));
    }

    [Fact]
    public void A_result_a_line_is_read_too()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.jsonl", $"{Passed.ReplaceLineEndings(" ")}\n\n{Broken}\n");
        Assert.Equal(["0", "2"], LogImport.Open([path]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).Select(record => record.Id));
        var error = Assert.Throws<UserErrorException>(() => LogImport.Open([folder.Write("y.jsonl", "{\"promptIdx\": 0}\n")]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).ToList());
        Assert.Contains("row 1 has no 'testIdx'", error.Message, StringComparison.Ordinal);
    }
}
