using System.Net;

namespace Assay.Models;

/// <summary>A V2 service could not be reached, did not answer in time, or answered something else than probabilities. The message names the address.</summary>
/// <param name="message">What happened, where, and what the server said.</param>
/// <param name="outcome"><see cref="Outcome.Timeout"/> or <see cref="Outcome.Error"/>.</param>
/// <param name="status">The HTTP status; null when no answer came.</param>
/// <param name="inner">The cause.</param>
public sealed class V2Exception(string message, Outcome outcome, HttpStatusCode? status = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>How a sample that was in the call ended.</summary>
    public Outcome Outcome { get; } = outcome;

    /// <summary>The HTTP status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; } = status;
}
