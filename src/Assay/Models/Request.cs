using System.Collections.Immutable;
using Assay.Tasks;

namespace Assay.Models;

/// <summary>One question to a model.</summary>
public sealed record Request
{
    /// <summary>The sample it is about.</summary>
    public required string SampleId { get; init; }

    /// <summary>The sample's position in its task, from 0.</summary>
    public required long Position { get; init; }

    /// <summary>Which answer to the same prompt it asks for, from 0.</summary>
    public int Attempt { get; init; }

    /// <summary>What the model gets.</summary>
    public required string Prompt { get; init; }

    /// <summary>The prompt, part by part, for a model that takes chat messages; none: the prompt is the message of a user.</summary>
    public ImmutableArray<PromptTurn> Turns { get; init; } = [];

    /// <summary>How to generate.</summary>
    public GenerationOptions Generation { get; init; } = new();

    /// <summary>What the sample was made of, for a replay that checks its rows against it; never sent to a service, null where there is none.</summary>
    public Document? Document { get; init; }

    /// <summary>True: no answer is wanted, but the log-probabilities of the prompt's own tokens.</summary>
    public bool Echo { get; init; }

    internal ImmutableArray<PromptTurn> Messages() => Turns.IsEmpty ? [new PromptTurn("user", Prompt)] : Turns;

    /// <summary>The request for a sample of a task.</summary>
    public static Request For(TaskDefinition task, Sample sample)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(sample);
        return new Request
        {
            SampleId = sample.Id,
            Position = sample.Position,
            Prompt = sample.Prompt,
            Turns = sample.Arguments[0].Turns,
            Generation = task.Generation,
            Document = sample.Document,
        };
    }
}
