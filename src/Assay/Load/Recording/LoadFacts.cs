using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Load.Validity;
using Assay.Models;

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

    /// <summary>As in the options.</summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>As in the options.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>When the cool-down begins; null without one, or where its time is not known before the end.</summary>
    public TimeSpan? Until { get; init; }

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
            Warmup = options.Warmup,
            Cooldown = options.Cooldown,
            Until = options.Cooldown > TimeSpan.Zero ? (options.Duration ?? options.Arrivals.Length) - options.Cooldown : null,
        };
    }

    /// <summary>Whether its gaps are among the measured ones.</summary>
    public bool IsMeasured(in Exchange exchange) => exchange.Outcome == Outcome.Ok && exchange.Scheduled >= Warmup && !(exchange.Scheduled >= Until);

    public LoadResult Result(LoadEnd end, IReadOnlyList<Exchange> exchanges, DurationHistogram gaps) => new()
    {
        Arrivals = Arrivals,
        Slo = Slo,
        Planned = end.Planned,
        Exchanges = exchanges,
        Started = Started,
        Elapsed = end.Elapsed,
        Window = end.Window,
        Warmup = Warmup,
        Cooldown = Cooldown,
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
        ["warmup"] = Warmup.Ticks,
        ["cooldown"] = Cooldown.Ticks,
        ["until"] = Until?.Ticks,
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
                Warmup = TimeSpan.FromTicks(root.GetProperty("warmup").GetInt64()),
                Cooldown = TimeSpan.FromTicks(root.GetProperty("cooldown").GetInt64()),
                Until = root.GetProperty("until") is { ValueKind: JsonValueKind.Number } until ? TimeSpan.FromTicks(until.GetInt64()) : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("the facts of the run are not as expected", exception);
        }
    }
}
