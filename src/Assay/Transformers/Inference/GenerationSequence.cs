using System.Collections.Immutable;
using System.Threading.Channels;
using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>A text that is continued token by token; each goes to <see cref="Output"/> at once.</summary>
sealed class GenerationSequence : Sequence
{
    readonly Channel<GeneratedToken> _output = Channel.CreateUnbounded<GeneratedToken>(new() { SingleReader = true, SingleWriter = true });
    readonly GenerationRequest _request;
    readonly Sampler _sampler;
    readonly StopText _stop;
    readonly TokenStream _stream;
    readonly ImmutableArray<int> _ends;
    readonly int _end;
    int _next;
    float _logProbability;
    ImmutableArray<TopToken> _top;

    /// <summary>The last token's keys and values are never needed: a text of <paramref name="end"/> tokens keeps one less.</summary>
    public GenerationSequence(GenerationRequest request, Tokenizer tokenizer, ImmutableArray<int> ends, SeededRandom random, int end)
        : base([.. request.Prompt, .. new int[end - request.Prompt.Length]], request.Prompt.Length, end - 1)
    {
        (_request, _ends, _end) = (request, request.IgnoreEos ? [] : ends, end);
        _sampler = new Sampler(request.Sampling, random);
        _stop = new StopText(request.Stop);
        _stream = new TokenStream(tokenizer);
    }

    public ChannelReader<GeneratedToken> Output => _output.Reader;

    public override int FirstWanted => _request.Prompt.Length - 1;

    public override bool Wants(int position) => position == Length - 1;

    public override void Take(int position, ReadOnlySpan<float> logits)
    {
        var sum = Probabilities.LogSumExp(logits);
        _next = _sampler.Choose(logits);
        _logProbability = (float)(logits[_next] - sum);
        _top = TopTokens.Of(logits, sum, _request.TopLogProbabilities);
    }

    public override bool Advance()
    {
        Tokens[Length++] = _next;
        var ended = _ends.Contains(_next);
        var (text, stopped) = ended ? ("", false) : _stop.Push(_stream.Push(_next));
        var finish = ended || stopped ? FinishReason.Stop : Length == _end ? FinishReason.Length : (FinishReason?)null;
        if (finish is not null && !stopped)
        {
            var (last, found) = _stop.Push(_stream.Flush());
            (text, finish) = (text + last + (found ? "" : _stop.Rest()), found ? FinishReason.Stop : finish);
        }

        _output.Writer.TryWrite(new GeneratedToken { Id = _next, Text = text, LogProbability = _logProbability, Top = _top, Finish = finish });
        return finish is not null;
    }

    public override void End(Exception? failure) => _output.Writer.TryComplete(failure);
}
