using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Load.Validity;

namespace Assay.Load.Recording;

/// <summary>What is known of a run when it begins: the first block of an event log.</summary>
sealed record LoadFacts
{
    public required ArrivalOptions Arrivals { get; init; }

    public required ImmutableSortedDictionary<string, TimeSpan> Slo { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>The requests of the schedule, else those asked for; null where neither is known.</summary>
    public int? Planned { get; init; }

    public bool HasSchedule { get; init; }

    public static LoadFacts Of(LoadTarget target, LoadOptions options, IReadOnlyList<TimeSpan>? schedule, DateTimeOffset started)
    {
        var all = target.Sessions is null ? schedule?.Count ?? options.Requests : null;
        return new LoadFacts
        {
            Arrivals = options.Arrivals,
            Slo = options.Slo,
            Started = started,
            Planned = all is { } count ? options.Shard?.Of(count) ?? count : null,
            HasSchedule = schedule is not null,
        };
    }

    public LoadResult Result(LoadEnd end, IReadOnlyList<Exchange> exchanges, DurationHistogram gaps) => new()
    {
        Arrivals = Arrivals,
        Slo = Slo,
        Planned = end.Planned,
        Exchanges = exchanges,
        Started = Started,
        Elapsed = end.Elapsed,
        Window = end.Window,
        Cancelled = end.Cancelled,
        Gaps = gaps,
        Health = end.Client is { } measured ? ClientVerdict.Judge(measured) : null,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
    {
        ["assay"] = AssayVersion.Text,
        ["arrivals"] = Arrivals.Description,
        ["slo"] = Slo.ToDictionary(target => target.Key, target => target.Value.Ticks),
        ["started"] = Started.ToString("O", CultureInfo.InvariantCulture),
        ["planned"] = Planned,
        ["schedule"] = HasSchedule,
    });

    /// <exception cref="FormatException">They are not what <see cref="Write"/> writes.</exception>
    public static LoadFacts Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new LoadFacts
            {
                Arrivals = RecordedArrivals.Read(root.GetProperty("arrivals").GetString()!),
                Slo = root.GetProperty("slo").EnumerateObject().ToImmutableSortedDictionary(
                    target => target.Name, target => TimeSpan.FromTicks(target.Value.GetInt64()), StringComparer.Ordinal),
                Started = root.GetProperty("started").GetDateTimeOffset(),
                Planned = root.GetProperty("planned") is { ValueKind: JsonValueKind.Number } planned ? planned.GetInt32() : null,
                HasSchedule = root.GetProperty("schedule").GetBoolean(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("the facts of the run are not as expected", exception);
        }
    }
}
