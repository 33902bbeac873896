namespace Assay.Load.Client;

/// <summary>A request that has ended, however it did.</summary>
/// <param name="Planned">As it was sent.</param>
/// <param name="Exchange">What came of it.</param>
/// <param name="Text">What the answer says; empty where no session needs it.</param>
readonly record struct EndedRequest(PlannedRequest Planned, Exchange Exchange, string Text);
