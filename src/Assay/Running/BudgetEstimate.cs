using System.Globalization;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>What samples will take of a service, when nothing is asked twice and every answer is as long as it may be.</summary>
sealed class BudgetEstimate
{
    long _requests;
    long _promptTokens;
    long _answerTokens;

    public void Add(TaskDefinition task, Sample sample)
    {
        var calls = sample.Arguments.Length * task.Repeats;
        _requests += calls;
        _promptTokens += sample.Arguments.Sum(argument => (long)Budget.TokensOf(argument.Context + argument.Continuation)) * task.Repeats;
        _answerTokens += (long)calls * (task.OutputType == OutputType.GenerateUntil ? task.Generation.MaxTokens : 1);
    }

    public string Describe(TokenPrices? prices) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_requests} requests, about {_promptTokens} tokens of prompts, at most {_answerTokens} of answers{(prices is null ? "" : $", at most about {prices.Of(_promptTokens, _answerTokens):0.####} USD")}");

    /// <summary>The first of the bounds that the prompts alone pass; null when none is.</summary>
    public string? Exceeded(BudgetOptions budget, TokenPrices? prices) =>
        _requests > budget.Requests ? string.Create(CultureInfo.InvariantCulture, $"{budget.Requests} requests")
        : _promptTokens > budget.Tokens ? string.Create(CultureInfo.InvariantCulture, $"{budget.Tokens} tokens")
        : prices?.Of(_promptTokens, 0) > budget.CostUsd ? string.Create(CultureInfo.InvariantCulture, $"{budget.CostUsd} USD")
        : null;
}
