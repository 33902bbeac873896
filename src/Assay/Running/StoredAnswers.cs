using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Assay.Models;
using Assay.Results;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>What a stored run has answers for. A failure is none, and neither is the answer to another prompt. Thread-safe.</summary>
sealed class StoredAnswers
{
    readonly Dictionary<(string? Task, string Model, string Id), Stored> _answers = [];
    readonly Dictionary<(string? Task, string Model, string Id), Spending> _spent = [];
    readonly PackedTexts _outputs = new();
    double _runSeconds;

    /// <summary>All that the run has spent so far, as far as it could be stored: what was under way when it was killed is not in it.</summary>
    public Spending Spent => _spent.Values.Aggregate(new Spending(0, 0, 0), (sum, spent) => (sum + spent)!);

    /// <summary>How long the run has gone on for, up to its last answer.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(_runSeconds);

    public static StoredAnswers None { get; } = new();

    /// <exception cref="UserErrorException">There is no such run.</exception>
    public static async Task<StoredAnswers> LoadAsync(IRunStore store, string run, CancellationToken cancellationToken)
    {
        var read = await store.ReadAsync(run, cancellationToken).ConfigureAwait(false)
            ?? throw new UserErrorException($"There is no run '{run}' to go on with. 'assay runs' lists those there are.");
        var answers = new StoredAnswers();
        await foreach (var record in read.Records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (record.Stage == "evaluate")
            {
                answers.Add(record);
            }
        }

        return answers;
    }

    /// <summary>What the sample took out of the budget so far; null for nothing.</summary>
    public Spending? SpentOn(string task, string model, string id) => _spent.GetValueOrDefault((task, model, id));

    /// <summary>Whether the sample is not asked again.</summary>
    public bool Has(TaskDefinition task, string model, Sample sample) =>
        _answers.TryGetValue((task.Name, model, sample.Id), out var stored) && stored.Prompt == Digest(sample.Prompt);

    // The records of one sample, a filter each, all tell the same of its answer; killed among them, the one that tells more is newer.
    void Add(Record record)
    {
        var key = (record.Task, record.Model, record.Id);
        if (record.Spent is { } spent && !(_spent.TryGetValue(key, out var known) && known.Calls > spent.Calls))
        {
            _spent[key] = spent;
        }

        _runSeconds = Math.Max(_runSeconds, record.RunSeconds ?? 0);
        if (record.Output is { } output && IsAnswer(record) && !_answers.ContainsKey(key))
        {
            _outputs.Add(output);
            _answers[key] = new Stored(_outputs.Count - 1, record.Reasoning, record.Outcome, record.Reason, Digest(record.Input?.GetValue<string>()), UseOf(record));
        }
    }

    static SampleUse? UseOf(Record record) => record is { Seconds: null, InputTokens: null, OutputTokens: null, Cost: null, Spent: null } ? null : new SampleUse
    {
        Seconds = record.Seconds,
        InputTokens = record.InputTokens,
        OutputTokens = record.OutputTokens,
        Cost = record.Cost,
        Spent = record.Spent,
        RunSeconds = record.RunSeconds,
    };

    /// <summary>The stored answer, scored as the task wants it now; null when the model is to be asked.</summary>
    public SampleAnswer? Find(TaskDefinition task, string model, Sample sample)
    {
        if (!_answers.TryGetValue((task.Name, model, sample.Id), out var stored) || stored.Prompt != Digest(sample.Prompt))
        {
            return null;
        }

        var output = _outputs[stored.Output];
        if (task.OutputType != OutputType.GenerateUntil)
        {
            return LikelihoodOutput.Read(output) is { } likelihoods && likelihoods.Length == sample.Arguments.Length
                ? new SampleAnswer(sample, output, LikelihoodScorer.Score(task, sample, likelihoods)) { Use = stored.Use }
                : null;
        }

        if (task.Repeats > 1)
        {
            // With an attempt that failed all of them are asked again.
            return RepeatedOutput.Read(output) is { } texts && texts.Length == task.Repeats && !texts.Contains(null)
                ? new SampleAnswer(sample, output, TaskScorer.Score(task, sample, [.. texts.Select(text => new Response(text, Outcome.Ok))])) { Use = stored.Use }
                : null;
        }

        var response = stored.Outcome is Outcome.Truncated or Outcome.Refused
            ? new Response(output, stored.Outcome, stored.Reason) { IsAtLimit = stored.Outcome == Outcome.Truncated }
            : new Response(output, Outcome.Ok);
        return new SampleAnswer(sample, output, TaskScorer.Score(task, sample, response)) { Reasoning = stored.Reasoning, Use = stored.Use };
    }

    // Of truncated answers only those were filtered that are as long as they were allowed to be.
    static bool IsAnswer(Record record) => record.Outcome is Outcome.Ok or Outcome.WrongFormat or Outcome.Refused || record is { Outcome: Outcome.Truncated, Answer: not null };

    static UInt128 Digest(string? prompt) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(prompt ?? "")));

    readonly record struct Stored(int Output, string? Reasoning, Outcome Outcome, string? Reason, UInt128 Prompt, SampleUse? Use);
}
