namespace Assay.Tasks.Templates;

/// <summary>What a missing name gives: it may be tested and defaulted, any other use is a fault (Jinja's StrictUndefined).</summary>
/// <param name="Message">Why there is no value.</param>
/// <param name="Lenient">Whether it is Jinja's plain Undefined: false, empty, and printed as nothing.</param>
sealed record Undefined(string Message, bool Lenient = false)
{
    public TemplateFault Fault() => new(Message);
}
