using System.Text;
using Assay.Models;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Models;

public class CachingModelTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_asked_once_for_what_determines_it_and_a_failure_again()
    {
        using var folder = new TemporaryFolder();
        var script = new ScriptedModel(ScriptedModel.Busy, ScriptedModel.Good with { Reasoning = "six by seven", AnswerTokens = 2 }, ScriptedModel.Good with { Text = "other" });
        var identity = "a";
        var model = new CachingModel(script, folder.Path, _ => Encoding.UTF8.GetBytes(identity));
        Assert.Null((await model.AnswerAsync(ScriptedModel.Ask, Token)).Text);
        var first = await model.AnswerAsync(ScriptedModel.Ask, Token);
        var second = await model.AnswerAsync(ScriptedModel.Ask, Token);
        Assert.Equal((first.Text, first.Reasoning, first.AnswerTokens), (second.Text, second.Reasoning, second.AnswerTokens));
        Assert.Equal(2, script.Calls);
        identity = "b";
        Assert.Equal("other", (await model.AnswerAsync(ScriptedModel.Ask, Token)).Text);
    }

    [Fact]
    public async Task A_torn_file_is_as_if_it_were_not_there()
    {
        using var folder = new TemporaryFolder();
        var script = new ScriptedModel(ScriptedModel.Good);
        var model = new CachingModel(script, folder.Path, request => Encoding.UTF8.GetBytes(request.Prompt));
        await model.AnswerAsync(ScriptedModel.Ask, Token);
        var file = Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(file, """{"Text":"4""", Token);
        Assert.Equal("42", (await model.AnswerAsync(ScriptedModel.Ask, Token)).Text);
        Assert.Equal(2, script.Calls);
    }
}
