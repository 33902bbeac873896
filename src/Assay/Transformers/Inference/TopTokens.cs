using System.Collections.Immutable;

namespace Assay.Transformers.Inference;

/// <summary>The likeliest tokens of a row of logits.</summary>
static class TopTokens
{
    /// <summary>The <paramref name="count"/> likeliest, best first; equal ones in the order of their ids.</summary>
    public static ImmutableArray<TopToken> Of(ReadOnlySpan<float> logits, double logSumExp, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var best = new List<(float Logit, int Id)>(count + 1);
        for (var id = 0; id < logits.Length; id++)
        {
            if (best.Count < count || logits[id] > best[^1].Logit)
            {
                Insert(best, logits[id], id);
                if (best.Count > count)
                {
                    best.RemoveAt(count);
                }
            }
        }

        return [.. best.Select(entry => new TopToken(entry.Id, (float)(entry.Logit - logSumExp)))];
    }

    static void Insert(List<(float Logit, int Id)> best, float logit, int id)
    {
        var at = best.Count;
        while (at > 0 && best[at - 1].Logit < logit)
        {
            at--;
        }

        best.Insert(at, (logit, id));
    }
}
