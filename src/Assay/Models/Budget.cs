using System.Globalization;
using System.Text;

namespace Assay.Models;

/// <summary>
/// What a run has used so far of its budget. Calls are counted before they are made and never pass the bound; tokens and cost are known when the
/// answer is there, so that what is under way at the bound still comes. Thread-safe.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="time">Counted from now on.</param>
public sealed class Budget(BudgetOptions options, TimeProvider time)
{
    // Of most tokenizers and scripts, to the safe side; only where a service does not count.
    const int BytesPerToken = 3;

    readonly Lock _gate = new();
    readonly long _started = time.GetTimestamp();
    TimeSpan _before;

    /// <summary>Calls so far.</summary>
    public long Requests { get; private set; }

    /// <summary>Of prompts and answers that came.</summary>
    public long Tokens { get; private set; }

    /// <summary>By the prices that are known.</summary>
    public double CostUsd { get; private set; }

    /// <summary>Since it was made, and in the parts of the run before.</summary>
    public TimeSpan Elapsed => _before + time.GetElapsedTime(_started);

    /// <summary>The bounds.</summary>
    public BudgetOptions Options => options;

    /// <summary>What is left of the bounds, none of it less than 0.</summary>
    public BudgetOptions Left
    {
        get
        {
            lock (_gate)
            {
                return new BudgetOptions
                {
                    Requests = options.Requests is { } requests ? Math.Max(0, requests - Requests) : null,
                    Tokens = options.Tokens is { } tokens ? Math.Max(0, tokens - Tokens) : null,
                    CostUsd = options.CostUsd is { } cost ? Math.Max(0, cost - CostUsd) : null,
                    Time = options.Time is { } bound ? TimeSpan.FromTicks(Math.Max(0, (bound - Elapsed).Ticks)) : null,
                };
            }
        }
    }

    /// <summary>Takes up what an earlier part of the run has used, so that no bound is passed by going on.</summary>
    public void Resume(Spending spent, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(spent);
        lock (_gate)
        {
            (Requests, Tokens, CostUsd, _before) = (Requests + spent.Calls, Tokens + spent.Tokens, CostUsd + spent.CostUsd, _before + elapsed);
        }
    }

    /// <summary>Counts a call that is about to be made.</summary>
    /// <exception cref="ModelStoppedException">A bound is reached.</exception>
    public void Enter()
    {
        lock (_gate)
        {
            if (Spent() is { } spent)
            {
                throw new ModelStoppedException($"The budget of {spent} is spent. What was answered is kept. To go on, raise it and give --resume.");
            }

            Requests++;
        }
    }

    /// <summary>Takes up what a call has used, and tells it; tokens the service does not tell are estimated from bytes.</summary>
    public Spending Settle(Request request, Response response, TokenPrices? prices)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        var prompt = response.PromptTokens ?? (response.Status is null or >= 300 ? 0 : TokensOf(request.Prompt));
        var answer = response.AnswerTokens ?? TokensOf(response.Text);
        var spent = new Spending(1, prompt + answer, prices?.Of(prompt, answer) ?? 0);
        lock (_gate)
        {
            Tokens += spent.Tokens;
            CostUsd += spent.CostUsd;
        }

        return spent;
    }

    /// <summary>A guess where nobody counts: one token for three bytes.</summary>
    public static int TokensOf(string? text) => text is null ? 0 : (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;

    /// <summary>What the run has used so far, in words.</summary>
    internal string Describe()
    {
        lock (_gate)
        {
            return Text($"so far {Requests} calls, {Tokens} tokens{(CostUsd > 0 ? Text($", {CostUsd:0.####} USD") : "")}");
        }
    }

    string? Spent() =>
        Requests >= options.Requests ? Text($"{options.Requests} requests")
        : Tokens >= options.Tokens ? Text($"{options.Tokens} tokens")
        : CostUsd >= options.CostUsd ? Text($"{options.CostUsd} USD")
        : Elapsed >= options.Time ? Text($"{options.Time.Value.TotalSeconds} s")
        : null;

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
