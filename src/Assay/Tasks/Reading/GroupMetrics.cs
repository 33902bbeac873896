using System.Collections.Immutable;

namespace Assay.Tasks.Reading;

/// <summary>The aggregate_metric_list of a group.</summary>
static class GroupMetrics
{
    public static ImmutableArray<GroupMetric> Read(FieldReader group)
    {
        var metrics = ImmutableArray.CreateBuilder<GroupMetric>();
        var items = group.Find("aggregate_metric_list") is { Value: YamlDotNet.RepresentationModel.YamlMappingNode } one
            ? [(Item: one, Fields: group.Mapping("aggregate_metric_list")!)]
            : group.Mappings("aggregate_metric_list");
        foreach (var (item, fields) in items)
        {
            fields.Allow("aggregate_metric_list", "metric", "aggregation", "weight_by_size", "filter_list", "higher_is_better");
            if (fields.Text("aggregation") is { } aggregation and not "mean")
            {
                group.Problems.Add(item.Problem($"the aggregation '{aggregation}' of a group is not supported. Supported: mean."));
            }

            if (fields.Text("metric") is { } metric)
            {
                metrics.Add(new GroupMetric(metric, fields.Texts("filter_list") ?? [], fields.Flag("weight_by_size", true)));
            }
        }

        return metrics.ToImmutable();
    }
}
