using System.Collections.Immutable;
using Assay.Data;

namespace Assay.Running;

public sealed partial class SpecReader
{
    static ImmutableArray<PreparationStep> ReadPrepare(SpecNode node) =>
        [.. node.Items().Select(ReadStep).OfType<PreparationStep>()];

    static PreparationStep? ReadStep(SpecNode node) => node.Choice(
        "drop_missing", "drop_duplicates", "impute", "standardize", "standardise", "min_max", "robust", "quantile", "log", "clip", "ordinal", "one_hot", "date_parts") switch
    {
        ("drop_missing", var columns) => new DropMissing(ReadSelector(columns, ColumnSelector.All)),
        ("impute", { } impute) => ReadImpute(impute),
        ("impute", null) => new Impute(ColumnSelector.Numeric, ImputeStrategy.Median, null),
        ("standardize" or "standardise", var columns) => new Standardize(ReadSelector(columns, ColumnSelector.Numeric)),
        ("drop_duplicates", var columns) => new DropDuplicates(ReadSelector(columns, ColumnSelector.All)),
        ("min_max", var settings) => ReadMinMax(settings),
        ("robust", var columns) => new RobustScale(ReadSelector(columns, ColumnSelector.Numeric)),
        ("quantile", var settings) => ReadQuantile(settings),
        ("log", var columns) => new LogScale(ReadSelector(columns, ColumnSelector.Numeric)),
        ("clip", { } settings) => ReadClip(settings),
        ("clip", null) => Bare(node, "clip: {columns: [age], low: 0, high: 120}"),
        ("ordinal", var settings) => ReadOrdinal(settings),
        ("one_hot", var settings) => ReadOneHot(settings),
        ("date_parts", { } settings) => ReadDateParts(settings),
        ("date_parts", null) => Bare(node, "date_parts: {columns: [sold], parts: [year, month]}"),
        _ => null,
    };

    static ColumnSelector ReadSelector(SpecNode? node, ColumnSelector otherwise) => node switch
    {
        null => otherwise,
        { IsScalar: true } => node.Text() switch
        {
            null => otherwise,
            "all" => ColumnSelector.All,
            "numeric" => ColumnSelector.Numeric,
            "categorical" => ColumnSelector.Categorical,
            var name => ColumnSelector.Named([name]),
        },
        _ => ColumnSelector.Named([.. node.Texts()]),
    };

    static Impute? ReadImpute(SpecNode node)
    {
        if (node.IsScalar)
        {
            return ReadStrategy(node) is { } lone
                ? new Impute(lone is ImputeStrategy.Mean or ImputeStrategy.Median ? ColumnSelector.Numeric : ColumnSelector.All, lone, null)
                : null;
        }

        var map = node.Map("columns", "strategy", "value", "indicator");
        var value = map.GetValueOrDefault("value")?.Text();
        var strategy = map.TryGetValue("strategy", out var named) ? ReadStrategy(named) : value is null ? ImputeStrategy.Median : ImputeStrategy.Constant;
        if (strategy == ImputeStrategy.Constant && value is null)
        {
            node.Problem($"'{node.Path}' imputes a constant and has no 'value'. Add 'value: ...'.");
        }

        return strategy is { } known
            ? new Impute(ReadSelector(map.GetValueOrDefault("columns"), ColumnSelector.Numeric), known, value) { Indicator = map.GetValueOrDefault("indicator")?.Truth() ?? false }
            : null;
    }

    static ImputeStrategy? ReadStrategy(SpecNode node) => node.Choice("mean", "median", "most_frequent", "constant")?.Name switch
    {
        "mean" => ImputeStrategy.Mean,
        "median" => ImputeStrategy.Median,
        "most_frequent" => ImputeStrategy.MostFrequent,
        "constant" => ImputeStrategy.Constant,
        _ => null,
    };

    static PreparationStep? Bare(SpecNode node, string example)
    {
        node.Problem($"'{node.Path}' names a step without its settings; expected e.g. '{{{example}}}'.");
        return null;
    }

    // A mapping holds settings, anything else the columns.
    static (ColumnSelector Columns, IReadOnlyDictionary<string, SpecNode> Settings) ReadSettings(SpecNode? node, ColumnSelector otherwise, params ReadOnlySpan<string> known)
    {
        if (node is not { IsMap: true })
        {
            return (ReadSelector(node, otherwise), ImmutableDictionary<string, SpecNode>.Empty);
        }

        var map = node.Map(["columns", .. known]);
        return (ReadSelector(map.GetValueOrDefault("columns"), otherwise), map);
    }

    static MinMax ReadMinMax(SpecNode? node)
    {
        var (columns, map) = ReadSettings(node, ColumnSelector.Numeric, "low", "high");
        var step = new MinMax(columns, map.GetValueOrDefault("low")?.Number() ?? 0, map.GetValueOrDefault("high")?.Number() ?? 1);
        RequireAscending(node, step.Low, step.High);
        return step;
    }

    static Clip ReadClip(SpecNode node)
    {
        var (columns, map) = ReadSettings(node, ColumnSelector.Numeric, "low", "high");
        var step = new Clip(columns, map.GetValueOrDefault("low")?.Number(), map.GetValueOrDefault("high")?.Number());
        if (step is { Low: null, High: null })
        {
            node.Problem($"'{node.Path}' has neither 'low' nor 'high'. Add one, e.g. 'low: 0'.");
        }

        RequireAscending(node, step.Low, step.High);
        return step;
    }

    static void RequireAscending(SpecNode? node, double? low, double? high)
    {
        if (low >= high)
        {
            node!.Problem($"'{node.Path}' has low {low} and high {high}; expected low below high.");
        }
    }

    static QuantileScale ReadQuantile(SpecNode? node)
    {
        var (columns, map) = ReadSettings(node, ColumnSelector.Numeric, "quantiles", "output");
        return new QuantileScale(
            columns, map.GetValueOrDefault("quantiles")?.Whole(2) ?? 1000, map.GetValueOrDefault("output")?.Choice("uniform", "normal")?.Name == "normal");
    }

    static Ordinal ReadOrdinal(SpecNode? node)
    {
        var (columns, map) = ReadSettings(node, ColumnSelector.Categorical, "unknown");
        return new Ordinal(columns, map.GetValueOrDefault("unknown")?.Number() ?? -1);
    }

    static OneHot ReadOneHot(SpecNode? node)
    {
        var (columns, map) = ReadSettings(node, ColumnSelector.Categorical, "min_frequency", "max_categories", "unknown");
        return new OneHot(columns)
        {
            MinFrequency = map.GetValueOrDefault("min_frequency")?.Number(0),
            MaxCategories = map.GetValueOrDefault("max_categories")?.Whole(2),
            Unknown = map.GetValueOrDefault("unknown")?.Choice("ignore", "rare", "error")?.Name switch
            {
                "rare" => UnknownCategory.Rare,
                "error" => UnknownCategory.Error,
                _ => UnknownCategory.Ignore,
            },
        };
    }

    static DateParts ReadDateParts(SpecNode node)
    {
        var (columns, map) = ReadSettings(node, ColumnSelector.All, "parts");
        var known = Enum.GetValues<DatePart>().ToDictionary(part => string.Concat(part.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}")).ToLowerInvariant());
        ImmutableArray<DatePart> parts = map.TryGetValue("parts", out var named)
            ? [.. named.Items().Select(item => item.Choice([.. known.Keys])?.Name).OfType<string>().Select(name => known[name])]
            : [DatePart.Year, DatePart.Month, DatePart.Day, DatePart.DayOfWeek];
        return new DateParts(columns, parts);
    }
}
