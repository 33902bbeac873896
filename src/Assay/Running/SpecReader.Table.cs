using System.Collections.Immutable;
using Assay.Learning;

namespace Assay.Running;

public sealed partial class SpecReader
{
    DataSpec? ReadData(SpecNode node)
    {
        if (node.IsScalar)
        {
            node.Problem("'data' must name a file and a target: {path: loans.csv, target: defaulted}.");
            return null;
        }

        var map = node.Map("path", "target", "target_kind", "positive", "exclude", "missing", "delimiter", "format", "encoding", "header", "types", "on_bad_row");
        var path = Required(node, map, "path");
        var targets = map.TryGetValue("target", out var named) ? named.Texts() : Required(node, map, "target") is { } one ? [one] : [];
        var full = path is null ? null : FindFile(map["path"], path);
        if (full is null || targets.IsEmpty)
        {
            return null;
        }

        return new DataSpec
        {
            Path = path!,
            FullPath = full,
            Target = targets[0],
            MoreTargets = targets[1..],
            TargetKind = map.GetValueOrDefault("target_kind")?.Choice("classes", "numbers")?.Name switch
            {
                "classes" => TargetKind.Classes,
                "numbers" => TargetKind.Numbers,
                _ => null,
            },
            Positive = map.GetValueOrDefault("positive")?.Text(),
            Exclude = map.TryGetValue("exclude", out var exclude) ? exclude.Texts() : [],
            Reading = ReadReading(map),
        };
    }
}
