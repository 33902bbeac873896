using System.Collections.Immutable;
using Assay.Models;
using Assay.Scoring;
using YamlDotNet.Core;

namespace Assay.Running;

/// <summary>Reads a spec from YAML. All mistakes are found in one reading, before anything is paid for.</summary>
public sealed partial class SpecReader
{
    static readonly string[] _keys =
        ["name", "seed", "data", "prepare", "method", "train", "model", "models", "tasks", "metrics", "slices", "analyse", "serve", "load", "optimise", "limits", "baseline", "stop", "gates"];

    readonly string _file;
    readonly string _folder;
    readonly string _currentFolder;
    readonly List<SpecProblem> _problems = [];

    SpecReader(string file, string folder, string currentFolder)
    {
        _file = file;
        _folder = folder;
        _currentFolder = currentFolder;
    }

    /// <summary>Reads the file. Paths in it are relative to its folder, or else to <paramref name="currentFolder"/>.</summary>
    public static SpecReading ReadFile(string path, string currentFolder)
    {
        var full = Path.GetFullPath(path, currentFolder);
        if (!File.Exists(full))
        {
            return new SpecReading(null, [new SpecProblem(path, 1, $"there is no such file (looked at {full}). Give the path of a spec, e.g. samples/quickstart.yaml.")]);
        }

        return Read(File.ReadAllText(full), path, Path.GetDirectoryName(full)!, currentFolder);
    }

    /// <summary>Reads YAML text; <paramref name="file"/> names it in problems, <paramref name="folder"/> is where its paths start.</summary>
    public static SpecReading Read(string yaml, string file, string folder, string currentFolder)
    {
        var reader = new SpecReader(file, folder, currentFolder);
        var spec = reader.Parse(yaml) is { } root ? reader.ReadSpec(root, yaml) : null;
        var problems = reader._problems.Distinct().OrderBy(problem => problem.File != file).ThenBy(problem => problem.Line).ToImmutableArray();
        return new SpecReading(problems.IsEmpty ? spec : null, problems);
    }

    SpecNode? Parse(string yaml)
    {
        try
        {
            var documents = YamlText.Load(new StringReader(yaml)).Documents;
            if (documents.Count == 1)
            {
                return new SpecNode(documents[0].RootNode, "", (line, message) => _problems.Add(new SpecProblem(_file, line, message)));
            }

            _problems.Add(new SpecProblem(_file, 1, $"holds {documents.Count} YAML documents, expected one. Start with 'name: ...'."));
        }
        catch (YamlException e)
        {
            _problems.Add(new SpecProblem(_file, (int)e.Start.Line, $"is not valid YAML: {e.Message}"));
        }

        return null;
    }

    Spec ReadSpec(SpecNode root, string yaml)
    {
        var map = root.Map(_keys);
        var spec = new Spec { Name = map.GetValueOrDefault("name")?.Text() ?? Path.GetFileNameWithoutExtension(_file), Source = yaml };
        spec = spec with
        {
            Seed = map.GetValueOrDefault("seed")?.Seed() ?? spec.Seed,
            Data = map.TryGetValue("data", out var data) ? ReadData(data) : null,
            Prepare = map.TryGetValue("prepare", out var prepare) ? ReadPrepare(prepare) : [],
            Method = map.TryGetValue("method", out var method) ? ReadMethod(method) : spec.Method,
            Training = map.TryGetValue("train", out var train) ? ReadTrain(train) : spec.Training,
            Analyse = map.TryGetValue("analyse", out var analyse) ? ReadAnalyse(analyse) : spec.Analyse,
            Metrics = map.TryGetValue("metrics", out var metrics) ? ReadMetrics(metrics) : spec.Metrics,
            Slices = map.TryGetValue("slices", out var slices) ? slices.Texts() : [],
            Serve = map.TryGetValue("serve", out var serve) && ReadServe(serve).Contains("v2"),
            ServeLanguageModels = serve is not null && ReadServe(serve).Contains("openai"),
            Loads = map.TryGetValue("load", out var load) ? ReadLoads(load) : [],
            Optimise = map.TryGetValue("optimise", out var optimise) ? ReadOptimise(optimise) : null,
        };
        spec = map.TryGetValue("tasks", out var tasks) ? ReadTasks(spec, tasks) : spec;
        spec = map.TryGetValue("limits", out var limits) ? ReadLimits(spec, limits) : spec;
        spec = ReadModels(spec, map);
        spec = spec with { Baseline = map.TryGetValue("baseline", out var baseline) ? ReadBaseline(baseline) : null, Stop = map.TryGetValue("stop", out var stop) ? ReadStop(stop) : null };
        spec = spec with { Gates = map.TryGetValue("gates", out var gates) ? ReadGates(gates, spec, GateNames.Of(spec, map.Keys)) : [] };
        CheckWhole(spec, root, map);
        CheckStop(spec, map);
        CheckColumns(spec, map);
        CheckSettings(spec, map);
        return spec;
    }

    static ImmutableArray<string> ReadMetrics(SpecNode node)
    {
        foreach (var item in node.Items())
        {
            if (item.Text() is { } name && !TableMetrics.Known.Contains(name))
            {
                item.Problem($"unknown metric '{name}'.{NearestName.Hint(name, TableMetrics.Known)} Of classes: {string.Join(", ", ClassificationEstimates.Known)}. Of numbers: {string.Join(", ", RegressionEstimates.Known)}.");
            }
        }

        return node.Texts();
    }

    Spec ReadModels(Spec spec, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (map.TryGetValue("models", out var several))
        {
            foreach (var (name, node) in several.NamedMap())
            {
                spec = ReadModel(spec, name, node);
            }
        }

        return map.TryGetValue("model", out var one) ? ReadModel(spec, null, one) : spec;
    }

    Spec ReadModel(Spec spec, string? name, SpecNode node) => node.Choice("sequential", "logistic", "linear", "ridge", "majority", "mean", "replay", "local", "openai") switch
    {
        ("sequential", { } sequential) => spec with { Model = ReadSequential(sequential) },
        ("replay", { } replay) => ReadReplay(replay, name ?? "replay") is { } options ? spec with { Models = spec.Models.Add(options) } : spec,
        ("local", var local) => ReadLocal(node, local, name) is { } options ? spec with { Models = spec.Models.Add(options) } : spec,
        ("openai", { } openai) => ReadOpenAI(openai, name) is { } options ? spec with { Models = spec.Models.Add(options) } : spec,
        ("sequential", null) or ("replay", null) or ("openai", null) => Missing(spec, node),
        ({ } kind, var settings) => spec with { Model = ReadSimple(kind, settings) },
        _ => spec,
    };

    static Spec Missing(Spec spec, SpecNode node)
    {
        var choice = node.Text();
        node.Problem($"'{node.Path}' names '{choice}' without its settings; expected '{choice}: {{...}}'.");
        return spec;
    }

    ReplayOptions? ReadReplay(SpecNode node, string name)
    {
        var map = node.Map("path", "output", "id", "check");
        var path = Required(node, map, "path");
        var output = Required(node, map, "output");
        var full = path is null ? null : FindFile(map["path"], path);
        return full is null || output is null
            ? null
            : new ReplayOptions
            {
                Path = full,
                Output = output,
                Id = map.GetValueOrDefault("id")?.Text(),
                Check = map.GetValueOrDefault("check")?.Text(),
                Name = name,
            };
    }

    static string? Required(SpecNode node, IReadOnlyDictionary<string, SpecNode> map, string key)
    {
        if (map.TryGetValue(key, out var value))
        {
            return value.Text();
        }

        node.Problem($"'{node.Path}' has no '{key}'. Add '{key}: ...'.");
        return null;
    }

    /// <summary>The file beside the spec, or else under the current folder; a problem that names both when it is in neither.</summary>
    string? FindFile(SpecNode node, string path)
    {
        string[] places = [Path.GetFullPath(path, _folder), Path.GetFullPath(path, _currentFolder)];
        if (places.FirstOrDefault(File.Exists) is { } found)
        {
            return found;
        }

        node.Problem($"'{node.Path}' names '{path}', and there is no such file (looked at {string.Join(" and ", places.Distinct())}). Paths start at the spec's folder.");
        return null;
    }
}

/// <summary>What came of reading a spec: the spec, or the problems.</summary>
public sealed record SpecReading(Spec? Spec, ImmutableArray<SpecProblem> Problems);
