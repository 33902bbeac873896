namespace Assay.Running;

/// <summary>One mistake in a spec or in a file that it names.</summary>
/// <param name="File">As given by the user.</param>
/// <param name="Line">From 1.</param>
/// <param name="Message">Found, expected, do this.</param>
public sealed record SpecProblem(string File, int Line, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: {Message}";
}
