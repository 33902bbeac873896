using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>One part of a prompt.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">Its text; as a chat message this alone is sent.</param>
/// <param name="Delimiter">What follows it where the prompt is one text.</param>
public sealed record PromptTurn(string Role, string Content, string Delimiter = "")
{
    internal const string System = "system";
    internal const string User = "user";
    internal const string Assistant = "assistant";

    /// <summary>The turns as one text, which is the prompt of a model without a chat template.</summary>
    public static string Join(IEnumerable<PromptTurn> turns) => string.Concat(turns.Select(turn => turn.Content + turn.Delimiter));

    /// <summary>
    /// The turns as a system message, if there is one, and a single user message that holds the worked examples too; a begun answer stays an
    /// assistant message of its own.
    /// </summary>
    public static ImmutableArray<PromptTurn> Collapse(ImmutableArray<PromptTurn> turns)
    {
        var start = turns is [{ Role: System }, ..] ? 1 : 0;
        var end = turns[^1].Role == Assistant ? turns.Length - 1 : turns.Length;
        var asked = Join(turns[start..(end - 1)]) + turns[end - 1].Content;
        return [.. turns[..start], new PromptTurn(User, asked), .. turns[end..]];
    }
}
