using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // What no single section can see: sections that need one another.
    static void CheckWhole(Spec spec, SpecNode root, IReadOnlyDictionary<string, SpecNode> map)
    {
        foreach (var (section, needed, message) in Needs(map))
        {
            if (!map.ContainsKey(needed) && !(section == "load" && IsOnServices(spec)))
            {
                map[section].Problem($"'{section}' needs '{needed}': {message}");
            }
        }

        if (!map.ContainsKey("data") && !map.ContainsKey("tasks") && !(map.ContainsKey("load") && IsOnServices(spec)))
        {
            root.Problem("the spec has neither 'data' nor 'tasks', so there is nothing to do. Add 'data: {path: ..., target: ...}' or 'tasks: [...]'.");
        }

        if (map.ContainsKey("tasks") && !map.ContainsKey("model") && !map.ContainsKey("models"))
        {
            root.Problem("'tasks' needs a model. Add 'model: {local: tiny}' or 'model: {replay: {path: outputs.jsonl, output: \"{{ answer }}\"}}'.");
        }

        if (map.ContainsKey("tasks") && spec.Model is not null && !map.ContainsKey("models"))
        {
            map["tasks"].Problem("'tasks' are for language models, and 'model' is trained on a table. Name a language model under 'models' ('models: {tiny: {local: tiny}}'), or use 'data' in place of 'tasks'.");
        }

        if (map.ContainsKey("data") && map.ContainsKey("model") && spec.Model is null && !spec.Models.IsEmpty)
        {
            map["data"].Problem("'data' needs a model that is trained here. Add 'model: {sequential: ...}', or use 'tasks' in place of 'data'.");
        }

        CheckServed(spec, map);
        CheckCost(spec, map);
        if (spec.Data is { } data && data.Exclude.FirstOrDefault(data.Targets.Contains) is { } both)
        {
            map["data"].Problem($"'{both}' is the target and stands in 'exclude' too. Take it out of 'exclude'.");
        }
    }

    // Such a load is a spec of its own.
    static bool IsOnServices(Spec spec) => !spec.Loads.IsEmpty && spec.Loads.All(load => load.Service is not null);

    // A misspelt column is found before anything is read but the header.
    static void CheckColumns(Spec spec, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (spec.Data is not { } data)
        {
            return;
        }

        try
        {
            var columns = TableReader.ReadNames(data.FullPath, data.Reading);
            var prepared = spec.Prepare.SelectMany(step => step.Columns.Names ?? []);
            foreach (var (section, name) in data.Targets.Select(name => ("data", name))
                .Concat(data.Exclude.Select(name => ("data", name))).Concat(prepared.Select(name => ("prepare", name))).Concat(spec.Slices.Select(name => ("slices", name)))
                .Concat(new[] { spec.Training.Weights }.OfType<string>().Select(name => ("train", name)))
                .Concat(new[] { spec.Method.Group, spec.Method.TimeSeries?.Column }.OfType<string>().Select(name => ("method", name))))
            {
                if (!columns.Contains(name))
                {
                    map[section].Problem($"{data.Path} has no column '{name}'.{NearestName.Hint(name, columns)} It has: {string.Join(", ", columns)}.");
                }
            }
        }
        catch (UserErrorException e)
        {
            map["data"].Problem(e.Message);
        }
    }

    // What the rooms themselves check. How many classes there are is known only from the data: the loss tells what the spec takes it for.
    void CheckSettings(Spec spec, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (spec.Model is SequentialOptions { Layers.IsEmpty: false } sequential)
        {
            var units = sequential.Layers.OfType<Dense>().LastOrDefault()?.Units ?? 0;
            var shape = sequential.Loss.Family switch
            {
                LossFamily.Numbers => new TargetShape(TargetKind.Numbers, Math.Max(1, units)),
                LossFamily.Binary => new TargetShape(TargetKind.Classes, 2),
                LossFamily.Categorical or _ => new TargetShape(TargetKind.Classes, Math.Max(2, units)),
            };
            Tell(map["model"], sequential.Problems(shape));
        }

        Tell(map.GetValueOrDefault("optimise"), OptimiseProblems(spec));
        Tell(map.GetValueOrDefault("load"), spec.Loads.SelectMany(load => load.Options.Problems()));
    }

    // A section with a mistake is read in part only: what it seems to lack then is no second mistake.
    void Tell(SpecNode? node, IEnumerable<string> problems)
    {
        if (node is not null && _problems.TrueForAll(known => known.Line < node.Line || known.Line > node.LastLine))
        {
            foreach (var problem in problems)
            {
                node.Problem(problem);
            }
        }
    }

    static IEnumerable<(string Section, string Needed, string Message)> Needs(IReadOnlyDictionary<string, SpecNode> map)
    {
        (string, string, string)[] all =
        [
            ("data", "model", "what is to be trained. Add 'model: {sequential: ...}'."),
            ("prepare", "data", "the table to prepare. Add 'data: {path: ..., target: ...}'."),
            ("train", "data", "the rows to train on. Add 'data: {path: ..., target: ...}'."),
            ("analyse", "data", "the rows to look at. Add 'data: {path: ..., target: ...}'."),
            ("method", "data", "the rows to split. Add 'data: {path: ..., target: ...}'."),
            ("slices", "data", "the columns are of a table. Add 'data: {path: ..., target: ...}'; of a task say 'tasks: [{path: task.yaml, slices: [column]}]'."),
            ("optimise", "data", "the rows to search on. Add 'data: {path: ..., target: ...}'."),
            ("load", "serve", "the load goes against the served model. Add 'serve: {protocol: v2}'."),
            ("limits", "tasks", "it limits the samples and the calls of tasks. Add 'tasks: [...]' or take 'limits' out."),
        ];
        return all.Where(need => map.ContainsKey(need.Item1));
    }
}
