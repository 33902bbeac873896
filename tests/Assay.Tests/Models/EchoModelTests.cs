using Assay.Models;
using Assay.Tests.Web;

namespace Assay.Tests.Models;

public class EchoModelTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("12 + 30 =", " 42")]
    [InlineData("12 + 30 = ", "42")]
    [InlineData("Question: 2 + 3 =\nAnswer:", " 5")]
    [InlineData("二加三等于", "五")]
    public async Task A_service_that_echoes_gives_the_likelihoods_of_the_model_itself(string context, string continuation)
    {
        await using var server = await TinyServer.StartAsync();
        await using var local = LocalModel.Load(new LocalModelOptions { Path = LocalModelOptions.Tiny });
        var model = new EchoModel(new OpenAIModel(server.Http, new OpenAIModelOptions { BaseAddress = new Uri(server.Address, "v1"), Model = "tiny" }, TimeProvider.System));
        var expected = await local.LogLikelihoodAsync(context, continuation, Token);
        var actual = await model.LogLikelihoodAsync(context, continuation, Token);
        Assert.Equal((Outcome.Ok, expected.Tokens, expected.IsGreedy), (actual.Outcome, actual.Tokens, actual.IsGreedy));
        Assert.Equal(expected.LogProbability!.Value, actual.LogProbability!.Value, 1e-4);
    }

    [Fact]
    public async Task The_generated_token_is_not_judged_and_the_border_is_where_the_context_ends()
    {
        var likelihood = await Judge(("the", null, false, 0), (" sky", -1, true, 3), (" is", -2, false, 7), (" blue", -4, true, 10), (".", -8, true, 15)).LogLikelihoodAsync("the sky", " is blue", Token);
        Assert.Equal((-6.0, 2, false), (likelihood.LogProbability, likelihood.Tokens, likelihood.IsGreedy));
    }

    [Fact]
    public async Task A_first_token_without_a_number_is_a_failure_and_no_zero()
    {
        var model = Judge(("the", null, false, 0), (" sky", -1, true, 3));
        var likelihood = await model.RollingLogLikelihoodAsync("the sky", Token);
        Assert.Equal((null, Outcome.Error), (likelihood.LogProbability, likelihood.Outcome));
        Assert.Contains("first token", likelihood.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_stands_for_the_beginning_is_no_part_of_the_text()
    {
        var model = Judge(("<s>", null, false, 0), ("the", -1, true, 3), (" sky", -2, true, 6));
        var judged = await model.RollingLogLikelihoodAsync("the sky", Token);
        Assert.Equal((-3.0, 2), (judged.LogProbability, judged.Tokens));
    }

    static EchoModel Judge(params (string Text, double? Value, bool IsGreedy, int Offset)[] tokens) => new(new ScriptedModel(new Response("", Outcome.Ok)
    {
        PromptProbabilities = [.. tokens.Select(token => new TokenProbability(token.Text, token.Value, token.IsGreedy, token.Offset))],
    }));
}
