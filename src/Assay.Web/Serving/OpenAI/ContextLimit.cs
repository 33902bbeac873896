namespace Assay.Web.Serving.OpenAI;

/// <summary>Prompt and answer share the context.</summary>
static class ContextLimit
{
    /// <summary>How many tokens to generate.</summary>
    /// <param name="context">The model's positions.</param>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="asked">As in the request; null for as many as there is room for.</param>
    /// <param name="param">The field that has the prompt.</param>
    public static int MaxTokens(int context, int prompt, int? asked, string param)
    {
        var room = context - prompt;
        if (room < (asked ?? 1))
        {
            throw ApiProblem.Wrong(
                param,
                $"The context of this model is {context} tokens, and the request asks for {(long)prompt + (asked ?? 1)}: {prompt} in '{param}' and {asked ?? 1} to generate. Shorten the prompt or ask for fewer.",
                "context_length_exceeded");
        }

        return asked ?? room;
    }
}
