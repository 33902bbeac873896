using Assay.Load.Payloads;

namespace Assay.Running;

/// <summary>A service that is loaded as it stands, and what it is asked.</summary>
public sealed record ServiceUnderLoad
{
    /// <summary>What stands before <c>/chat/completions</c> and the like, or the whole address; of plain HTTP the whole address.</summary>
    public required Uri Address { get; init; }

    /// <summary>The model's name on the wire; null for plain HTTP.</summary>
    public string? Model { get; init; }

    /// <summary>Environment variable that holds the key; null for none. The key itself is never kept.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>One text for every request; null for another source.</summary>
    public string? Prompt { get; init; }

    /// <summary>A file of prompts, each sent equally often: JSON lines with <c>prompt</c> or <c>messages</c>' first text, or a prompt a line.</summary>
    public string? Prompts { get; init; }

    /// <summary>A file of bodies, one a line, sent as they are.</summary>
    public string? Bodies { get; init; }

    /// <summary>Of V2: a table whose rows are sent, one in a request; null for bodies.</summary>
    public string? Rows { get; init; }

    /// <summary>Prompts that are made up; its seed is the profile's. With none of these a trace makes its own prompts.</summary>
    public SyntheticPrompts? Synthetic { get; init; }

    /// <summary>As of <see cref="TracePrompts.WholeBlocks"/>.</summary>
    public bool WholeBlocks { get; init; }

    /// <summary>As of <see cref="OpenAIBody.ForceLength"/>.</summary>
    public bool ForceLength { get; init; }

    /// <summary>As of <see cref="OpenAIBody.Stream"/>.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>Turns of a session; null for requests that have nothing to do with each other.</summary>
    public int? Turns { get; init; }

    /// <summary>Mean time between an answer and the next turn.</summary>
    public TimeSpan Think { get; init; }

    /// <summary>Of the estimates: the model, else the host.</summary>
    internal string Name => Model ?? Address.Authority;
}
