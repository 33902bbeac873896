using System.Collections.Immutable;
using Assay.Models;
using Assay.Results;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>What a model gave for a sample, scored.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Output">As it is stored: the text, or the log-likelihoods as a JSON list; null without an answer.</param>
/// <param name="Scores">One a filter.</param>
sealed record SampleAnswer(Sample Sample, string? Output, ImmutableArray<SampleScore> Scores)
{
    /// <summary>What the model thought before; null without it.</summary>
    public string? Reasoning { get; init; }

    /// <summary>What it took; null where no service was asked.</summary>
    public SampleUse? Use { get; init; }

    /// <summary>One a score; none where nobody keeps or hears them.</summary>
    public ImmutableArray<Record> Records { get; init; } = [];
}

/// <summary>How a model is asked about the samples of a task.</summary>
static class SampleQuestion
{
    /// <summary>One sample in, its scored answer out.</summary>
    /// <exception cref="UserErrorException">The model cannot give what the task needs: that is refused and never scored.</exception>
    public static Func<Sample, CancellationToken, Task<SampleAnswer>> For(TaskDefinition task, IModel model, LanguageModelOptions options, string? whyNoLikelihoods = null)
    {
        if (task.OutputType == OutputType.GenerateUntil)
        {
            return (sample, cancellationToken) => GenerateAsync(task, model, PricesOf(options), sample, cancellationToken);
        }

        if (whyNoLikelihoods is not null)
        {
            throw new UserErrorException($"{task.Name} scores log-likelihoods, which {model.Name} does not give: {whyNoLikelihoods}. Take another service or a local model ('local: folder'), or a task that generates.");
        }

        if (model is not ILikelihoodModel likelihoods)
        {
            throw new UserErrorException(
                $"{task.Name} scores log-likelihoods, and {model.Name} gives texts only. Expected a local model ('local: tiny' or a folder). Take one, or a task that generates.");
        }

        return options is LocalModelOptions { Form: PromptForm.Chat }
            ? throw new UserErrorException($"{task.Name} scores log-likelihoods, which are of texts as they are and not of chat messages. Take 'api: completions' for {model.Name}.")
            : (sample, cancellationToken) => JudgeAsync(task, likelihoods, PricesOf(options), sample, cancellationToken);
    }

    static TokenPrices? PricesOf(LanguageModelOptions options) => options switch
    {
        OpenAIModelOptions service => service.Prices,
        ChatClientOptions client => client.Prices,
        _ => null,
    };

    static async Task<SampleAnswer> GenerateAsync(TaskDefinition task, IModel model, TokenPrices? prices, Sample sample, CancellationToken cancellationToken)
    {
        var request = Request.For(task, sample);
        if (task.Repeats == 1)
        {
            var response = await model.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
            return new SampleAnswer(sample, response.Text, TaskScorer.Score(task, sample, response)) { Reasoning = response.Reasoning, Use = UseOf([response], prices) };
        }

        var asked = Enumerable.Range(0, task.Repeats).Select(i => model.AnswerAsync(request with { Attempt = i }, cancellationToken).AsTask());
        ImmutableArray<Response> responses = [.. await Task.WhenAll(asked).ConfigureAwait(false)];
        return new SampleAnswer(sample, RepeatedOutput.Write(responses), TaskScorer.Score(task, sample, responses)) { Use = UseOf(responses, prices) };
    }

    static SampleUse? UseOf(ImmutableArray<Response> responses, TokenPrices? prices) =>
        SampleUse.Of(responses.Select(response => (response.Latency, response.PromptTokens, response.AnswerTokens, response.Spent)), prices);

    static async Task<SampleAnswer> JudgeAsync(TaskDefinition task, ILikelihoodModel model, TokenPrices? prices, Sample sample, CancellationToken cancellationToken)
    {
        var judged = sample.Arguments.Select(argument => task.OutputType == OutputType.LogLikelihoodRolling
            ? model.RollingLogLikelihoodAsync(argument.Continuation!, cancellationToken).AsTask()
            : model.LogLikelihoodAsync(argument.Context, argument.Continuation!, cancellationToken).AsTask());
        ImmutableArray<Likelihood> likelihoods = [.. await Task.WhenAll(judged).ConfigureAwait(false)];
        return new SampleAnswer(sample, likelihoods.All(item => item.LogProbability is not null) ? LikelihoodOutput.Write(likelihoods) : null, LikelihoodScorer.Score(task, sample, likelihoods))
        {
            Use = SampleUse.Of(likelihoods.Select(item => (item.Latency, item.PromptTokens, item.AnswerTokens, item.Spent)), prices),
        };
    }
}
