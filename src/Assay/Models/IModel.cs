namespace Assay.Models;

/// <summary>What answers. Called from several threads at once.</summary>
public interface IModel
{
    /// <summary>The name in results.</summary>
    string Name { get; }

    /// <summary>The answer, or the failure, to one request; an expected failure is a response and not an exception.</summary>
    ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken);
}
