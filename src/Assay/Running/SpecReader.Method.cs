namespace Assay.Running;

public sealed partial class SpecReader
{
    static MethodSpec ReadMethod(SpecNode node)
    {
        var map = node.Map("holdout", "cross_validation", "time_series");
        var method = new MethodSpec { TestShare = null };
        if (map.TryGetValue("holdout", out var holdout))
        {
            var keys = holdout.Map("test", "stratify", "seed", "group");
            method = WithCommon(method with { TestShare = keys.TryGetValue("test", out var test) ? test.Number(0.001, 0.999) : 0.2 }, keys);
        }

        if (map.TryGetValue("cross_validation", out var folds))
        {
            var keys = folds.Map("folds", "stratify", "seed", "group");
            method = WithCommon(method with { Folds = keys.TryGetValue("folds", out var count) ? count.Whole(2) : 5 }, keys);
        }

        if (map.TryGetValue("time_series", out var series))
        {
            if (map.Count > 1)
            {
                series.Problem("'method' has 'time_series' and another way to split. Rows in the order of time are split by it alone. Take the other out.");
            }

            method = method with { TimeSeries = ReadTimeSeries(series) };
        }

        return method;
    }

    static MethodSpec WithCommon(MethodSpec method, IReadOnlyDictionary<string, SpecNode> map) => method with
    {
        Stratify = map.TryGetValue("stratify", out var stratify) ? stratify.Truth() ?? true : method.Stratify,
        Seed = map.TryGetValue("seed", out var seed) ? seed.Seed() : method.Seed,
        Group = map.TryGetValue("group", out var group) ? group.Text() : method.Group,
    };

    static TimeSeriesSpec ReadTimeSeries(SpecNode node)
    {
        var map = node.Map("folds", "gap", "max_train", "test", "column");
        return new TimeSeriesSpec
        {
            Folds = map.GetValueOrDefault("folds")?.Whole(2) ?? 5,
            Gap = map.GetValueOrDefault("gap")?.Whole(0) ?? 0,
            MaxTrain = map.GetValueOrDefault("max_train")?.Whole(1),
            TestRows = map.GetValueOrDefault("test")?.Whole(1),
            Column = map.GetValueOrDefault("column")?.Text(),
        };
    }
}
