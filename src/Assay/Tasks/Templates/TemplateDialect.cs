namespace Assay.Tasks.Templates;

/// <summary>How Jinja's environment is set up where a template comes from.</summary>
enum TemplateDialect
{
    /// <summary>lm-evaluation-harness: a missing name is a fault, all white space stays.</summary>
    Harness,

    /// <summary>
    /// transformers' chat templates: a missing name is false and prints nothing, the line end after a block and the blanks before one on its
    /// line go (trim_blocks, lstrip_blocks), so does the last line end, and tojson writes plain JSON.
    /// </summary>
    Chat,
}
