using System.Text;

namespace Assay.Load.Payloads;

/// <summary>Sessions of several turns: each prompt is put after the conversation so far, with the service's own answers in it.</summary>
/// <param name="body">How a conversation is written.</param>
/// <param name="prompts">The user's part: turn t of session s has place s * turns + t.</param>
/// <param name="turns">Of every session, 1 or more.</param>
/// <param name="think">Mean time between an answer and the next prompt; exponentially distributed.</param>
/// <param name="seed">Of the think times.</param>
public sealed class Conversations(OpenAIBody body, Func<int, Prompt> prompts, int turns, TimeSpan think, ulong seed) : ISessionPayloads
{
    /// <inheritdoc/>
    public SessionTurn? Next(int session, IReadOnlyList<string> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count >= turns)
        {
            return null;
        }

        var texts = new List<ReadOnlyMemory<byte>>((2 * answers.Count) + 1);
        Prompt last = default;
        for (var turn = 0; turn <= answers.Count; turn++)
        {
            last = prompts((session * turns) + turn);
            texts.Add(last.Text);
            if (turn < answers.Count)
            {
                texts.Add(Encoding.UTF8.GetBytes(answers[turn]));
            }
        }

        var random = new SeededRandom(seed).Derive((ulong)session).Derive((ulong)answers.Count);
        return new SessionTurn(body.Write(texts, last.AnswerTokens), think * random.NextExponential());
    }
}
