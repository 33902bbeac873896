namespace Assay.Models;

/// <summary>A language model that runs in this process, or in one that is served for the run.</summary>
public sealed record LocalModelOptions : LanguageModelOptions
{
    /// <summary>The name of the model that Assay brings along.</summary>
    public const string Tiny = "tiny";

    /// <summary>A folder in Hugging Face's form, or <see cref="Tiny"/>, the default.</summary>
    public string Path { get; init; } = Tiny;

    /// <inheritdoc/>
    public override string Name { get; init; } = Tiny;

    /// <summary>Default: the text is continued.</summary>
    public PromptForm Form { get; init; }

    /// <summary>Answers made at a time. Default 8.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>0, the default, takes every core. The answers do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Of sampled answers; each sample has its own stream of it.</summary>
    public ulong Seed { get; init; } = 1;
}
