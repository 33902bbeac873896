namespace Assay.Tasks.Templates;

/// <summary>What a missing name gives: it may be tested and defaulted, any other use is a fault (Jinja's StrictUndefined).</summary>
sealed record Undefined(string Message)
{
    public TemplateFault Fault() => new(Message);
}
