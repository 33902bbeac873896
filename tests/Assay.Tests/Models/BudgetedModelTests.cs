using Assay.Models;

namespace Assay.Tests.Models;

public class BudgetedModelTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, null, null, "3 requests")]
    [InlineData(null, 30, null, "30 tokens")]
    [InlineData(null, null, 3e-5, "3E-05 USD")]
    public async Task It_ends_with_the_bound_that_was_reached(int? requests, int? tokens, double? cost, string message)
    {
        var budget = new Budget(new BudgetOptions { Requests = requests, Tokens = tokens, CostUsd = cost }, TimeProvider.System);
        var script = new ScriptedModel(ScriptedModel.Good with { PromptTokens = 6, AnswerTokens = 4 });
        var model = new BudgetedModel(script, budget, new TokenPrices(1, 1));
        for (var i = 0; i < 3; i++)
        {
            await model.AnswerAsync(ScriptedModel.Ask, Token);
        }

        var stopped = await Assert.ThrowsAsync<ModelStoppedException>(() => model.AnswerAsync(ScriptedModel.Ask, Token).AsTask());
        Assert.Contains(message, stopped.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3L, 30L), (script.Calls, budget.Requests, budget.Tokens));
        Assert.Equal(3e-5, budget.CostUsd, 1e-12);
    }

    [Fact]
    public async Task Tokens_nobody_counts_are_estimated()
    {
        var budget = new Budget(new BudgetOptions(), TimeProvider.System);
        await new BudgetedModel(new ScriptedModel(ScriptedModel.Good), budget, null).AnswerAsync(ScriptedModel.Ask, Token);
        Assert.Equal((5L, 0.0), (budget.Tokens, budget.CostUsd));
    }

    [Fact]
    public async Task Failures_in_a_row_end_it_and_a_success_begins_anew()
    {
        var script = new ScriptedModel(ScriptedModel.Busy, ScriptedModel.Good, ScriptedModel.Busy, ScriptedModel.Busy);
        var model = new BreakingModel(script, 2);
        for (var i = 0; i < 3; i++)
        {
            await model.AnswerAsync(ScriptedModel.Ask, Token);
        }

        var stopped = await Assert.ThrowsAsync<ModelStoppedException>(() => model.AnswerAsync(ScriptedModel.Ask, Token).AsTask());
        Assert.Contains("2 times in a row", stopped.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelStoppedException>(() => model.AnswerAsync(ScriptedModel.Ask, Token).AsTask());
        Assert.Equal(4, script.Calls);
    }
}
