namespace Assay.Models;

/// <summary>How likely one token of a prompt is, as a service tells it.</summary>
/// <param name="Text">As the service spells it.</param>
/// <param name="LogProbability">In nats; null of the first token of a text.</param>
/// <param name="IsGreedy">No other token was likelier at its place.</param>
/// <param name="Offset">Where it begins in the text, in code points.</param>
public readonly record struct TokenProbability(string Text, double? LogProbability, bool IsGreedy, int Offset);
