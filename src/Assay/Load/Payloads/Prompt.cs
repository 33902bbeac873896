namespace Assay.Load.Payloads;

/// <summary>A text that is put to a model.</summary>
/// <param name="Text">UTF-8.</param>
/// <param name="AnswerTokens">How long the answer is to be; null for the body's own limit.</param>
public readonly record struct Prompt(ReadOnlyMemory<byte> Text, int? AnswerTokens = null);
