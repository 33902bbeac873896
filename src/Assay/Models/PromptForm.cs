namespace Assay.Models;

/// <summary>How a prompt is put to a language model.</summary>
public enum PromptForm
{
    /// <summary>The text as it is, to be continued.</summary>
    Completions,

    /// <summary>As the message of a user, in the model's chat template.</summary>
    Chat,
}
