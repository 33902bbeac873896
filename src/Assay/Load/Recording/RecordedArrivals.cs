using System.Globalization;

namespace Assay.Load.Recording;

/// <summary>Arrivals that are known by their description alone.</summary>
sealed record RecordedArrivals(string Text) : ArrivalOptions
{
    /// <inheritdoc/>
    public override string Description => Text;

    internal override string? Problem => $"the arrivals '{Text}' are known by name only; expected some that can be made";

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan>? Schedule(TimeSpan? duration, int? requests, ulong seed) => null;

    /// <summary>The kinds that statistics treat apart are told by their descriptions; any other keeps its name.</summary>
    public static ArrivalOptions Read(string description)
    {
        var number = description.Split(' ') is [_, var last] && double.TryParse(last.Replace("/s", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var read) ? read : double.NaN;
        ArrivalOptions[] known = double.IsNaN(number) ? []
            : [new PoissonArrivals(number), new ConstantArrivals(number), new ClosedLoop((int)Math.Min(number, int.MaxValue))];
        return known.FirstOrDefault(arrivals => arrivals.Description == description) ?? new RecordedArrivals(description);
    }
}
