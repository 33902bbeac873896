namespace Assay.Models;

/// <summary>What a service takes.</summary>
/// <param name="Input">US dollars per million tokens of prompts.</param>
/// <param name="Output">US dollars per million tokens of answers.</param>
public sealed record TokenPrices(double Input, double Output)
{
    /// <summary>In US dollars.</summary>
    public double Of(double promptTokens, double answerTokens) => ((promptTokens * Input) + (answerTokens * Output)) / 1e6;
}
