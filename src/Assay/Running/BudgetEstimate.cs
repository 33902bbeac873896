using System.Globalization;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>What the samples of a run will take of a service, when nothing is asked twice and every answer is as long as it may be.</summary>
sealed class BudgetEstimate
{
    long _requests;
    long _promptTokens;
    long _answerTokens;

    public void Add(TaskDefinition task, Sample sample)
    {
        _requests += sample.Arguments.Length;
        _promptTokens += sample.Arguments.Sum(argument => (long)Budget.TokensOf(argument.Context + argument.Continuation));
        _answerTokens += task.OutputType == OutputType.GenerateUntil ? task.Generation.MaxTokens : sample.Arguments.Length;
    }

    public string Describe(TokenPrices? prices) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_requests} requests, about {_promptTokens} tokens of prompts, at most {_answerTokens} of answers{(prices is null ? "" : $", at most about {prices.Of(_promptTokens, _answerTokens):0.####} USD")}");

    /// <summary>The first bound that the prompts alone pass; null when none is.</summary>
    public string? Exceeded(BudgetOptions budget, TokenPrices? prices) =>
        _requests > budget.Requests ? string.Create(CultureInfo.InvariantCulture, $"{budget.Requests} requests")
        : _promptTokens > budget.Tokens ? string.Create(CultureInfo.InvariantCulture, $"{budget.Tokens} tokens")
        : prices?.Of(_promptTokens, 0) > budget.CostUsd ? string.Create(CultureInfo.InvariantCulture, $"{budget.CostUsd} USD")
        : null;
}
