using System.Collections.Immutable;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>What the requests of chat and of completions have in common.</summary>
sealed record GenerationSettings
{
    const int MostStops = 64;

    /// <summary>Null: 16 for completions, what the context holds for chat.</summary>
    public required int? MaxTokens { get; init; }

    public required SamplingOptions Sampling { get; init; }

    public required ImmutableArray<string> Stop { get; init; }

    /// <summary>Answers to each prompt.</summary>
    public required int Choices { get; init; }

    public required bool Stream { get; init; }

    /// <summary>Of a stream: a last chunk with the usage.</summary>
    public required bool IncludeUsage { get; init; }

    public required bool IgnoreEos { get; init; }

    public static GenerationSettings Read(RequestFields fields, GenerationDefaults defaults, int mostChoices)
    {
        UnsupportedFields.Refuse(fields);
        var stream = fields.Flag("stream");
        var streamOptions = fields.Object("stream_options");
        if (streamOptions is not null && !stream)
        {
            throw ApiProblem.Wrong("stream_options", "'stream_options' is only for streams; set 'stream' to true or take it out.");
        }

        return new GenerationSettings
        {
            MaxTokens = (int?)(fields.Whole("max_completion_tokens", 0, int.MaxValue) ?? fields.Whole("max_tokens", 0, int.MaxValue)),
            Sampling = ReadSampling(fields, defaults),
            Stop = ReadStop(fields),
            Choices = (int)(fields.Whole("n", 1, mostChoices) ?? 1),
            Stream = stream,
            IncludeUsage = streamOptions?.Flag("include_usage") ?? false,
            IgnoreEos = fields.Flag("ignore_eos"),
        };
    }

    /// <summary>The generation of one answer.</summary>
    /// <param name="prompt">Its tokens.</param>
    /// <param name="maxTokens">Checked against the context.</param>
    /// <param name="choice">With a seed, each answer to a prompt has its own: seed + choice.</param>
    /// <param name="top">Alternatives to tell with each token.</param>
    public GenerationRequest Request(ImmutableArray<int> prompt, int maxTokens, int choice, int top) => new()
    {
        Prompt = prompt,
        MaxTokens = maxTokens,
        Sampling = Sampling with { Seed = Sampling.Seed + (ulong)choice },
        Stop = Stop,
        IgnoreEos = IgnoreEos,
        TopLogProbabilities = top,
    };

    static SamplingOptions ReadSampling(RequestFields fields, GenerationDefaults defaults)
    {
        var topP = fields.Number("top_p", 0, 1) ?? defaults.TopP ?? 1;
        if (topP == 0)
        {
            throw ApiProblem.Wrong("top_p", "'top_p' is 0; expected more than 0, up to 1. For the likeliest token set 'temperature' to 0.");
        }

        return new SamplingOptions
        {
            Temperature = fields.Number("temperature", 0, 2) ?? defaults.Temperature ?? 1,
            TopK = (int)Math.Max(0, fields.Whole("top_k", -1, int.MaxValue) ?? defaults.TopK ?? 0),
            TopP = topP,
            Seed = fields.Whole("seed", long.MinValue) is { } seed ? unchecked((ulong)seed) : null,
        };
    }

    static ImmutableArray<string> ReadStop(RequestFields fields)
    {
        var stops = fields.Texts("stop") ?? [];
        if (stops.Length > MostStops)
        {
            throw ApiProblem.Wrong("stop", $"'stop' has {stops.Length} texts; expected at most {MostStops}.");
        }

        return stops.Contains("") ? throw ApiProblem.Wrong("stop", "'stop' holds an empty text, which would end every answer at once; take it out.") : stops;
    }
}
