namespace Assay.Transformers;

/// <summary>One message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>; a template may know others.</param>
/// <param name="Content">Its text.</param>
public sealed record ChatTurn(string Role, string Content);
