using System.Globalization;
using Assay.Transformers;
using Assay.Web.Serving.OpenAI;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Faults;
using Assay.Web.Simulation.Http;
using Assay.Web.Simulation.Pacing;
using Assay.Web.Simulation.Replies;
using Assay.Web.Simulation.Requests;
using Assay.Web.Simulation.Truths;

namespace Assay.Web.Simulation;

/// <summary>Answers the requests that make something.</summary>
sealed class Generator(SimulatorOptions options, FaultPlan faults, MonotonicClock clock, TruthLog log, Pacer pacer, long created)
{
    readonly ReplyForm[] _forms =
    [
        new ChatForm(options.Model, created, options.ReasoningTokens), new CompletionForm(options.Model, created),
        new ResponseForm(options.Model, created), new EmbeddingForm(options.Model),
    ];

    readonly bool _isInstant = options.FirstToken is { IsNone: true } && options.Gap.IsNone;
    readonly int _mostAnswers = options.MaxQueue is { } queue ? options.Batching.MaxBatch + queue : int.MaxValue;
    long _requests;
    int _open;

    public EngineCounts Counts => pacer.Counts;

    /// <summary>False when the connection is of no more use.</summary>
    /// <exception cref="ApiProblem">The request is wrong.</exception>
    public async ValueTask<bool> AnswerAsync(Connection connection, AskKind kind, ReadOnlyMemory<byte> body)
    {
        var arrived = clock.Now;
        var answer = Answer(connection, connection.Reader.Read(body.Span, kind), arrived);
        if (TryRefuse(answer))
        {
            log.Ended(answer);
            return await connection.SendAsync().ConfigureAwait(false);
        }

        Interlocked.Increment(ref _open);
        try
        {
            return await (_isInstant && answer.Fault?.Kind is not (FaultKind.Stall or FaultKind.SlowFirst) ? InstantAsync(answer) : PacedAsync(answer)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>In Prometheus' text form.</summary>
    public string Metrics()
    {
        var (counts, tokens) = (pacer.Counts, log.Tokens);
        return PrometheusText.Of(options.Model, new EngineStatistics
        {
            Running = counts.Running,
            Waiting = counts.Waiting,
            CacheUse = counts.CacheUse,
            PromptTokens = tokens.Prompt,
            GeneratedTokens = tokens.Generated,
            PrefixQueries = counts.PromptTokens,
            PrefixHits = counts.CachedTokens,
        }, log.Metrics);
    }

    Answer Answer(Connection connection, in Ask ask, long arrived)
    {
        var number = Interlocked.Increment(ref _requests);
        var fault = faults.Decide(number);
        var asked = ask.Kind == AskKind.Embedding ? 1 : ask.MaxTokens ?? options.AnswerTokens;
        return new Answer(connection)
        {
            Number = number,
            RequestId = connection.Head.RequestId ?? ask.RequestId ?? number.ToString(CultureInfo.InvariantCulture),
            Ask = ask.Kind == AskKind.Embedding ? ask with { Stream = false } : ask,
            Form = _forms[(int)ask.Kind],
            Fault = fault,
            PromptTokens = Math.Max(1, connection.Reader.Prompt.Tokens),
            OutputTokens = fault?.Kind == FaultKind.Short ? Math.Clamp(fault.After ?? (asked / 2), 1, asked) : asked,
            FinishReason = ask.MaxTokens is null ? "stop" : "length",
            Arrived = arrived,
        };
    }

    // Refusals come before the engine knows of the request.
    bool TryRefuse(Answer answer)
    {
        var (connection, fault, wait) = (answer.Connection, answer.Fault, answer.Fault?.Time ?? TimeSpan.FromSeconds(1));
        if (fault?.Kind == FaultKind.RateLimit)
        {
            PlainReply.Problem(connection, 429, new ApiProblem(429, "rate_limit_error", "Too many requests.", code: "rate_limit_exceeded") { RetryAfter = wait });
        }
        else if (fault?.Kind == FaultKind.Error)
        {
            PlainReply.Problem(connection, 500, new ApiProblem(500, "server_error", "The engine failed.", code: "internal_error"));
        }
        else if (fault?.Kind == FaultKind.Html)
        {
            PlainReply.Bytes(connection, 200, "text/html", "<html><body><h1>Welcome</h1></body></html>"u8);
        }
        else if (Volatile.Read(ref _open) >= _mostAnswers)
        {
            answer.Outcome = "refused";
            PlainReply.Problem(connection, 429, new ApiProblem(429, "rate_limit_error", $"{options.MaxQueue} requests wait already.", code: "queue_full") { RetryAfter = wait });
            return true;
        }
        else
        {
            return false;
        }

        answer.Outcome = fault.Name;
        return true;
    }

    async Task<bool> InstantAsync(Answer answer)
    {
        (answer.FirstDue, answer.Pending, answer.IsMade) = (answer.Arrived, answer.OutputTokens, true);
        var chunks = Delivery.Render(answer, options.ChunkTokens);
        var isThere = await answer.Connection.SendAsync().ConfigureAwait(false);
        if (!isThere)
        {
            answer.Outcome = "aborted";
        }
        else if (chunks > 0)
        {
            var written = clock.Now;
            log.Wrote(answer, chunks, written, written - answer.Arrived);
            (answer.FirstWritten, answer.LastWritten) = (written, written);
        }

        log.Ended(answer);
        if (answer.IsCut)
        {
            answer.Connection.Reset();
        }

        return isThere && !answer.IsCut;
    }

    async Task<bool> PacedAsync(Answer answer)
    {
        if (options.EarlyRole && answer.Ask.Stream)
        {
            Delivery.Begin(answer);
            await answer.Connection.SendAsync().ConfigureAwait(false);
        }

        var blocks = options.FirstToken is null ? answer.Connection.Reader.Prompt.Blocks() : [];
        var isThere = await answer.Connection.PacedAsync(
            pacer, answer, new Arrival(answer.Number, answer.Arrived, answer.PromptTokens, answer.OutputTokens, blocks)).ConfigureAwait(false);
        if (answer.Outcome == "refused" && answer.IsBegun)
        {
            answer.Form.Error(answer);
            answer.Output.EndBody();
            await answer.Connection.SendAsync().ConfigureAwait(false);
        }
        else if (answer.Outcome == "refused")
        {
            PlainReply.Problem(answer.Connection, 400, ApiProblem.Wrong(
                null, $"The prompt of {answer.PromptTokens} tokens and an answer of {answer.OutputTokens} do not fit in the KV cache.", "context_length_exceeded"));
            await answer.Connection.SendAsync().ConfigureAwait(false);
        }

        return isThere && !answer.IsCut;
    }
}
