namespace Assay.Tasks;

/// <summary>A built-in that stands for a task's Python function <c>process_docs</c>.</summary>
/// <param name="Name">The Python function it stands for.</param>
/// <param name="Apply">What it makes of a document; null leaves the document out.</param>
public sealed record DocumentProcess(string Name, Func<Document, Document?> Apply);
