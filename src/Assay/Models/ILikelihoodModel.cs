namespace Assay.Models;

/// <summary>A model that also says how likely a given text is. Called from several threads at once.</summary>
public interface ILikelihoodModel : IModel
{
    /// <summary>
    /// ln p(continuation | context). As in lm-evaluation-harness, blanks at the end of the context count to the continuation, the continuation's
    /// tokens are those that the whole has more than the context, and an empty context is the beginning of a text.
    /// </summary>
    ValueTask<Likelihood> LogLikelihoodAsync(string context, string continuation, CancellationToken cancellationToken);

    /// <summary>
    /// ln p(text) from the beginning of a text. One that is longer than the model's context is judged in the harness's windows: every token once,
    /// each window but the first with what fits before it.
    /// </summary>
    ValueTask<Likelihood> RollingLogLikelihoodAsync(string text, CancellationToken cancellationToken);
}
