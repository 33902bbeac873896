using System.Text;

namespace Assay.Models;

/// <summary>What is done alike with every service's answer before it is scored.</summary>
static class AnswerText
{
    /// <summary>Without the reasoning and up to the first stop, but for an echoed prompt; with token counts only where they can be right.</summary>
    public static Response Of(Response answer, Request request)
    {
        var counted = WithLikelyUsage(answer, request);
        return request.Echo ? counted : UpToStop(WithoutReasoning(counted), request);
    }

    // Services that heed fewer stops than were asked for go on beyond the answer, some up to the limit.
    static Response UpToStop(Response answer, Request request)
    {
        if (answer.Text is null)
        {
            return answer;
        }

        var text = answer.Text;
        foreach (var stop in request.Generation.Until)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            text = at < 0 ? text : text[..at];
        }

        return text.Length < answer.Text.Length && answer.Outcome is Outcome.Ok or Outcome.Truncated ? answer with { Text = text, Outcome = Outcome.Ok, Reason = null, IsAtLimit = false, CanPass = false } : answer;
    }

    // Every token has a byte of its own, a chat template adds some hundred: a count beyond that is wrong, and no budget is to hang on it.
    static Response WithLikelyUsage(Response answer, Request request) => answer with
    {
        PromptTokens = answer.PromptTokens >= 0 && answer.PromptTokens <= Encoding.UTF8.GetByteCount(request.Prompt) + 4096 ? answer.PromptTokens : null,
        AnswerTokens = answer.AnswerTokens >= 0 && answer.AnswerTokens <= Math.Max(request.Generation.MaxTokens, 1) ? answer.AnswerTokens : null,
    };

    static Response WithoutReasoning(Response answer)
    {
        if (answer.Text is null || Reasoning.Split(answer.Text) is not ({ } thought, var text))
        {
            return answer;
        }

        return answer with { Text = text, Reasoning = answer.Reasoning is { } field ? $"{field}\n{thought}" : thought };
    }
}
