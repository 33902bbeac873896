namespace Assay.Models;

/// <summary>What answers the samples of tasks.</summary>
public abstract record LanguageModelOptions
{
    private protected LanguageModelOptions()
    {
    }

    /// <summary>The name in results.</summary>
    public abstract string Name { get; init; }
}
