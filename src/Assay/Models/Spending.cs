namespace Assay.Models;

/// <summary>What calls took out of a budget.</summary>
/// <param name="Calls">Every attempt is one.</param>
/// <param name="Tokens">Of prompts and answers, estimated where the service does not count.</param>
/// <param name="CostUsd">By the prices of the models, 0 without.</param>
public sealed record Spending(long Calls, long Tokens, double CostUsd)
{
    /// <summary>Both together; null is nothing.</summary>
    public static Spending? operator +(Spending? left, Spending? right)
    {
        return left is null ? right : right is null ? left : new(left.Calls + right.Calls, left.Tokens + right.Tokens, left.CostUsd + right.CostUsd);
    }
}
