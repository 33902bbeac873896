namespace Assay.Models;

/// <summary>One thing that a service was asked for before a run relied on it.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Name">service, context, echo, logprobs, seed, stops, chat or system.</param>
/// <param name="IsThere">Null where the service does not tell.</param>
/// <param name="Text">One line: what was found, and what follows.</param>
public sealed record ServiceCapability(string Model, string Name, bool? IsThere, string Text);
