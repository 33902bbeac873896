namespace Assay.Models;

/// <summary>Lets as many requests through at a time as the limit says, and tells it how they ended.</summary>
/// <param name="inner">What is asked.</param>
/// <param name="limit">May be shared by several models of one service.</param>
public sealed class LimitedModel(IModel inner, AdaptiveLimit limit) : IModel
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        var round = await limit.EnterAsync(cancellationToken).ConfigureAwait(false);
        bool? overloaded = null;
        var latency = TimeSpan.Zero;
        try
        {
            var response = await inner.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
            overloaded = response.Status == 429 || response.Outcome == Outcome.Timeout ? true : response.Outcome == Outcome.Error ? null : false;
            latency = response.Latency;
            return response;
        }
        finally
        {
            limit.Leave(round, overloaded, latency);
        }
    }
}
