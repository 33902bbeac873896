namespace Assay.Models;

/// <summary>Takes every call out of a budget.</summary>
/// <param name="inner">What is asked.</param>
/// <param name="budget">May be shared by all models of a run.</param>
/// <param name="prices">Null when they are not known.</param>
public sealed class BudgetedModel(IModel inner, Budget budget, TokenPrices? prices) : IModel
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    /// <exception cref="ModelStoppedException">The budget is spent.</exception>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        budget.Enter();
        var response = await inner.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        return response with { Spent = budget.Settle(request, response, prices) };
    }
}
