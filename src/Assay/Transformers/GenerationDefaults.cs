using System.Collections.Immutable;
using Assay.Transformers.Reading;

namespace Assay.Transformers;

/// <summary>What a model's makers advise for generation (<c>generation_config.json</c>); null where they say nothing.</summary>
public sealed record GenerationDefaults
{
    /// <summary>0 is greedy; it is that where the file says <c>do_sample: false</c>.</summary>
    public float? Temperature { get; init; }

    /// <summary>Only this many likeliest tokens are sampled from; at least 1.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the likeliest tokens that together have this probability are sampled from; in (0, 1].</summary>
    public float? TopP { get; init; }

    /// <summary>Tokens that end an answer; empty: those of the model's config.</summary>
    public ImmutableArray<int> EosTokens { get; init; } = [];

    /// <summary>The most tokens of an answer.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Reads a <c>generation_config.json</c>.</summary>
    /// <param name="json">The file, UTF-8.</param>
    /// <param name="name">Its path, for messages.</param>
    /// <exception cref="UserErrorException">What is wrong, every point at once.</exception>
    public static GenerationDefaults Read(ReadOnlyMemory<byte> json, string name)
    {
        using var document = JsonFile.Parse(json, name);
        var section = new JsonSection(document.RootElement, name);
        var defaults = new GenerationDefaults
        {
            Temperature = section.Flag("do_sample") == false ? 0 : (float?)section.Number("temperature", least: 0),
            TopK = section.Integer("top_k", least: 0) is > 0 and var k ? k : null,
            TopP = (float?)section.Number("top_p", least: 0),
            EosTokens = section.Integers("eos_token_id"),
            MaxTokens = section.Integer("max_new_tokens"),
        };
        section.ThrowProblems();
        return defaults;
    }
}
