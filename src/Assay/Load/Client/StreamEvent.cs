namespace Assay.Load.Client;

/// <summary>One event of a stream as it is kept until its exchange ends.</summary>
/// <param name="At">From the start of the run: when the read returned that completed it.</param>
/// <param name="Kinds">What it holds.</param>
/// <param name="Bytes">Length of its data.</param>
/// <param name="Tokens">What the service says it has generated so far; -1 where the event does not tell.</param>
public readonly record struct StreamEvent(TimeSpan At, EventKinds Kinds, int Bytes, int Tokens)
{
    const EventKinds AnyText = EventKinds.Text | EventKinds.Reasoning | EventKinds.Tool;

    /// <summary>It counts as brought text: of the answer, of reasoning or of a tool call.</summary>
    public bool HasText => (Kinds & AnyText) != 0;
}
