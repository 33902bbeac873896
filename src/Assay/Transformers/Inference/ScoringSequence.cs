using System.Collections.Immutable;
using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>A text whose tokens are scored from <paramref name="from"/> on; the last one is only predicted, never computed.</summary>
sealed class ScoringSequence(int[] tokens, int from, int top) : Sequence(tokens, tokens.Length - 1, tokens.Length - 1)
{
    readonly TaskCompletionSource<ImmutableArray<TokenScore>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TokenScore[] _scores = new TokenScore[tokens.Length - from];

    public Task<ImmutableArray<TokenScore>> Result => _result.Task;

    public override int FirstWanted => from - 1;

    public override bool Wants(int position) => position >= from - 1;

    public override void Take(int position, ReadOnlySpan<float> logits)
    {
        var sum = Probabilities.LogSumExp(logits);
        var id = Tokens[position + 1];
        _scores[position + 1 - from] = new TokenScore
        {
            Id = id,
            LogProbability = (float)(logits[id] - sum),
            IsGreedy = Probabilities.ArgMax(logits) == id,
            Top = TopTokens.Of(logits, sum, top),
        };
    }

    public override bool Advance() => Computed == Length;

    public override void End(Exception? failure)
    {
        if (failure is null)
        {
            _result.TrySetResult([.. _scores]);
        }
        else
        {
            _result.TrySetException(failure);
        }
    }
}
