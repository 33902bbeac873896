namespace Assay.Transformers.Inference;

/// <summary>What a caller can get wrong, said before any work.</summary>
static class RequestCheck
{
    public static void Generation(GenerationRequest request, TransformerConfig config, int context)
    {
        if (request.Prompt.IsDefaultOrEmpty)
        {
            throw new UserErrorException("the prompt is empty. At least one token is expected. Put the model's start token in front, or write a prompt.");
        }

        if (request.Prompt.Length >= context)
        {
            throw new UserErrorException($"the prompt has {request.Prompt.Length} tokens. At most {context - 1} are expected, so that the context of {context} has room for an answer. Shorten it.");
        }

        Tokens(request.Prompt.AsSpan(), config);
        Top(request.TopLogProbabilities, config);
        var sampling = request.Sampling;
        Range("MaxTokens", request.MaxTokens, request.MaxTokens >= 1, "at least 1");
        Range("Temperature", sampling.Temperature, sampling.Temperature >= 0 && double.IsFinite(sampling.Temperature), "0 or more");
        Range("TopK", sampling.TopK, sampling.TopK >= 0, "0 (all) or more");
        Range("TopP", sampling.TopP, sampling.TopP is > 0 and <= 1, "above 0 and at most 1");
        if (request.Stop.Any(string.IsNullOrEmpty))
        {
            throw new UserErrorException("a stop text is empty. Text is expected: nothing would ever be shown. Leave it out.");
        }
    }

    public static void Scoring(ReadOnlySpan<int> tokens, int from, int top, TransformerConfig config, int context)
    {
        if (tokens.IsEmpty)
        {
            throw new UserErrorException("the text to score is empty. At least one token is expected. Put the model's start token in front, or write a text.");
        }

        if (tokens.Length > context + 1)
        {
            throw new UserErrorException($"the text to score has {tokens.Length} tokens. At most {context + 1} are expected: the context of {context} and the token after it. Shorten it, or score it in windows.");
        }

        Tokens(tokens, config);
        Top(top, config);
        Range("from", from, from >= 1, "at least 1: nothing comes before token 0");
    }

    static void Tokens(ReadOnlySpan<int> tokens, TransformerConfig config)
    {
        var wrong = tokens.IndexOfAnyExceptInRange(0, config.VocabularySize - 1);
        if (wrong >= 0)
        {
            Range($"token {wrong}", tokens[wrong], holds: false, $"0 to {config.VocabularySize - 1}");
        }
    }

    static void Top(int top, TransformerConfig config) =>
        Range("number of likeliest tokens", top, top >= 0 && top <= config.VocabularySize, $"0 to {config.VocabularySize}");

    static void Range(string name, double value, bool holds, string expected)
    {
        if (!holds)
        {
            throw new UserErrorException(FormattableString.Invariant($"{name} is {value}. {expected} is expected. Change it."));
        }
    }
}
