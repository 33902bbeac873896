namespace Assay.Load.Recording;

/// <summary>Arrivals that are known by their description alone.</summary>
sealed record RecordedArrivals(string Text) : ArrivalOptions
{
    /// <inheritdoc/>
    public override string Description => Text;

    internal override string? Problem => $"the arrivals '{Text}' are known by name only; expected some that can be made";

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan>? Schedule(TimeSpan? duration, int? requests, ulong seed) => null;

    /// <summary>What a description tells whole is made again; any other keeps its name.</summary>
    public static ArrivalOptions Read(string description) => ArrivalText.Read(description) ?? new RecordedArrivals(description);
}
