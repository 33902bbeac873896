namespace Assay.Tasks;

/// <summary>What a filter made of a response.</summary>
/// <param name="Text">The answer to compare.</param>
/// <param name="Extracted">False when a filter found nothing and put its fallback in: the answer came in a wrong format.</param>
public readonly record struct FilteredAnswer(string Text, bool Extracted);
