using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Assay.Tasks;

namespace Assay.Models;

/// <summary>
/// Answers with the log-likelihoods that lm-evaluation-harness logged (<c>samples_TASK_DATE.jsonl</c>): each is found by its very context and continuation, so that
/// another prompt gets none. Of equal questions the first answer counts. Holds 40 bytes or so for each, no texts.
/// </summary>
public sealed class ReplayLikelihoodModel : ILikelihoodModel
{
    readonly ReplayOptions _options;
    readonly Dictionary<UInt128, Logged> _answers = [];
    long _rows;

    ReplayLikelihoodModel(ReplayOptions options)
    {
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Different questions in the file.</summary>
    public int QuestionCount => _answers.Count;

    /// <summary>Questions that were not asked so far: after a whole run anything but 0 means that file and task do not match.</summary>
    public int UnusedQuestions => _answers.Values.Count(answer => !answer.IsAsked);

    /// <summary>Reads the file.</summary>
    /// <exception cref="UserErrorException">It cannot be read, is no log of samples, or holds texts in place of log-likelihoods.</exception>
    public static async Task<ReplayLikelihoodModel> LoadAsync(ReplayOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var model = new ReplayLikelihoodModel(options);
        await foreach (var line in DocumentReader.ReadAsync(options.Path, null, cancellationToken).ConfigureAwait(false))
        {
            model.Add(line);
        }

        return model._answers.Count > 0
            ? model
            : throw new UserErrorException($"{options.Path}: none of its {model._rows} rows has log-likelihoods. Expected samples of lm-evaluation-harness of a task that scores them: \"resps\": [[[\"-1.2\", \"True\"]]].");
    }

    /// <inheritdoc/>
    public ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Response(null, Outcome.Error, $"{_options.Path} has log-likelihoods and no texts"));

    /// <inheritdoc/>
    public ValueTask<Likelihood> LogLikelihoodAsync(string context, string continuation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(continuation);
        return Answer(Digest(context, continuation), context.Length == 0 ? continuation : context);
    }

    /// <inheritdoc/>
    public ValueTask<Likelihood> RollingLogLikelihoodAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Answer(Digest(text, null), text);
    }

    ValueTask<Likelihood> Answer(UInt128 question, string text)
    {
        if (!_answers.TryGetValue(question, out var answer))
        {
            var end = string.Concat(text.EnumerateRunes().TakeLast(40)).ReplaceLineEndings(" ");
            return ValueTask.FromResult(new Likelihood
            {
                Outcome = Outcome.Error,
                Reason = $"{_options.Path} has no answer to this very prompt, which ends in '{end}': the task file, its data or the number of worked examples are others",
            });
        }

        answer.IsAsked = true;
        return ValueTask.FromResult(answer.Likelihood);
    }

    void Add(Document line)
    {
        _rows++;
        var sample = LoggedSample.Of(line);
        if (sample.Likelihoods() is not { } likelihoods || likelihoods.Length != sample.Arguments.Length)
        {
            return;
        }

        foreach (var ((context, continuation), likelihood) in sample.Arguments.Zip(likelihoods))
        {
            if (context is string text && continuation is string or null)
            {
                _answers.TryAdd(Digest(text, continuation as string), new Logged(likelihood));
            }
        }
    }

    static UInt128 Digest(string context, string? continuation)
    {
        // The length parts the two, whatever they hold.
        var text = continuation is null ? context : FormattableString.Invariant($"{context.Length}\n{context}{continuation}");
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    sealed class Logged(Likelihood likelihood)
    {
        public Likelihood Likelihood => likelihood;

        public bool IsAsked { get; set; }
    }
}
