using Assay.Models;

namespace Assay.Tests.Models;

public class RetryingModelTests
{
    static readonly RetryOptions _atOnce = new() { Retries = 3, FirstWait = TimeSpan.Zero };

    [Fact]
    public async Task What_passes_is_answered_and_says_after_how_many_attempts()
    {
        var model = new ScriptedModel(ScriptedModel.Busy, ScriptedModel.Busy, ScriptedModel.Good);
        var response = await AskAsync(model);
        Assert.Equal(("42", Outcome.Ok, 3, 3), (response.Text, response.Outcome, response.Attempts, model.Calls));
    }

    [Fact]
    public async Task What_does_not_pass_is_asked_a_bounded_number_of_times()
    {
        var model = new ScriptedModel(ScriptedModel.Busy);
        var response = await AskAsync(model);
        Assert.Equal((Outcome.Error, 4, "status 429: busy (the last of 4 attempts)"), (response.Outcome, model.Calls, response.Reason));
    }

    [Fact]
    public async Task What_cannot_pass_is_asked_once()
    {
        var model = new ScriptedModel(new Response(null, Outcome.Error, "status 400: no") { Status = 400 });
        Assert.Equal(1, (await AskAsync(model)).Attempts);
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task Who_asks_to_wait_too_long_is_not_asked_again()
    {
        var model = new ScriptedModel(ScriptedModel.Busy with { RetryAfter = TimeSpan.FromHours(1) });
        Assert.Equal(Outcome.Error, (await AskAsync(model)).Outcome);
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task A_broken_answer_is_never_ok()
    {
        var model = new ScriptedModel(new Response("4", Outcome.Truncated, "the connection broke within the answer") { CanPass = true });
        var response = await AskAsync(model);
        Assert.Equal((Outcome.Truncated, false, 4), (response.Outcome, response.IsAtLimit, response.Attempts));
    }

    static ValueTask<Response> AskAsync(ScriptedModel model) =>
        new RetryingModel(model, _atOnce, TimeProvider.System).AnswerAsync(ScriptedModel.Ask, TestContext.Current.CancellationToken);
}
