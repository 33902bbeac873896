using System.Collections.Immutable;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // 'baseline: last', or a mapping.
    static BaselineSpec? ReadBaseline(SpecNode node)
    {
        if (!node.IsMap)
        {
            return node.Text() is { } reference ? new BaselineSpec { Run = reference } : null;
        }

        var map = node.Map("run", "margin", "required");
        return Required(node, map, "run") is { } run
            ? new BaselineSpec
            {
                Run = run,
                Margin = map.GetValueOrDefault("margin")?.Number(0),
                Required = map.GetValueOrDefault("required")?.Truth() ?? true,
            }
            : null;
    }

    // 'stop: gates', or a mapping.
    static StopSpec? ReadStop(SpecNode node)
    {
        var map = node.IsMap ? node.Map("when", "confidence", "futility") : new Dictionary<string, SpecNode> { ["when"] = node };
        return Required(node, map, "when") is not null && map["when"].Choice("gates", "comparison") is (var when, null)
            ? new StopSpec
            {
                When = when == "gates" ? StopWhen.Gates : StopWhen.Comparison,
                Confidence = map.GetValueOrDefault("confidence")?.Number(0.5, 0.9999) ?? 0.95,
                Futility = map.GetValueOrDefault("futility")?.Number(0, 0.5),
            }
            : null;
    }

    static void CheckStop(Spec spec, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (spec.Stop is not { } stop)
        {
            return;
        }

        var node = map["stop"];
        if (!map.ContainsKey("tasks"))
        {
            node.Problem("'stop' needs 'tasks': samples are asked of language models one after the other, rows of a table all at once. Take 'stop' out.");
        }

        if (stop.When == StopWhen.Comparison && spec.Baseline is null)
        {
            node.Problem("'stop: comparison' needs a 'baseline' to compare with. Add 'baseline: last', or a run's id.");
        }

        if (stop.When == StopWhen.Gates && !map.ContainsKey("gates"))
        {
            node.Problem("'stop: gates' needs 'gates' to decide. Add 'gates: [...]', or say 'stop: comparison'.");
        }

        foreach (var task in spec.Tasks.Where(task => task.Cluster is not null || task.Repeats > 1))
        {
            node.Problem($"'{task.Name}' cannot end early: its samples {(task.Cluster is null ? "are asked several times" : "come in clusters")}, and always-valid intervals are of single, independent samples. Take 'stop' out, or the task.");
        }
    }

    static ImmutableArray<Gate> ReadGates(SpecNode node, Spec spec, ImmutableArray<string> known)
    {
        var gates = ImmutableArray.CreateBuilder<Gate>();
        foreach (var item in node.Items())
        {
            if (item.Text() is not { } condition)
            {
                continue;
            }

            var gate = Gate.Parse(condition, out var problem);
            problem ??= GateNames.Problem(gate!, spec, known);
            if (problem is not null)
            {
                item.Problem(problem);
            }
            else
            {
                gates.Add(gate!);
            }
        }

        return gates.ToImmutable();
    }
}
