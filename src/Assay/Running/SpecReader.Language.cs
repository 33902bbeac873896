using System.Collections.Immutable;
using Assay.Load;
using Assay.Models;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // What a service of ours lets wait.
    const int MostAtATime = 256;

    static Spec ReadLimits(Spec spec, SpecNode node)
    {
        var map = node.Map("samples", "concurrency", "requests", "tokens", "time", "cost_usd", "retries", "failures", "coverage");
        var concurrency = map.GetValueOrDefault("concurrency");
        var adaptive = concurrency?.Is("auto") ?? false;
        var limits = spec.Limits;
        return spec with
        {
            SampleLimit = map.GetValueOrDefault("samples")?.Whole(1),
            Concurrency = (adaptive ? null : concurrency?.Whole(1, MostAtATime)) ?? spec.Concurrency,
            Limits = limits with
            {
                Adaptive = adaptive,
                Budget = new BudgetOptions
                {
                    Requests = map.GetValueOrDefault("requests")?.Whole(1),
                    Tokens = map.GetValueOrDefault("tokens")?.Whole(1),
                    Time = map.GetValueOrDefault("time")?.Duration(),
                    CostUsd = map.GetValueOrDefault("cost_usd")?.Number(0),
                },
                Retries = map.GetValueOrDefault("retries")?.Whole(0, 100) ?? limits.Retries,
                Failures = map.GetValueOrDefault("failures")?.Whole(1) ?? limits.Failures,
                Coverage = map.GetValueOrDefault("coverage")?.Number(0, 1) ?? limits.Coverage,
            },
        };
    }

    static TokenPrices? ReadPrices(SpecNode node)
    {
        var map = node.Map("input", "output");
        return Required(node, map, "input") is not null && Required(node, map, "output") is not null && map["input"].Number(0) is { } input && map["output"].Number(0) is { } output
            ? new TokenPrices(input, output)
            : null;
    }

    // A cost that nobody can count would never end the run.
    static void CheckCost(Spec spec, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (spec.Limits.Budget.CostUsd is not null && spec.Models.OfType<OpenAIModelOptions>().FirstOrDefault(model => model.Prices is null) is { } unpriced)
        {
            map["limits"].Problem($"'limits.cost_usd' needs the prices of '{unpriced.Name}', which are not given. Add 'prices: {{input: 0.15, output: 0.6}}' (US dollars per million tokens) to it.");
        }
    }

    // 'local: tiny', 'local: folder' or 'local: {path: folder, api: chat}'.
    LocalModelOptions? ReadLocal(SpecNode node, SpecNode? settings, string? name)
    {
        if (settings is null || settings.IsList)
        {
            node.Problem($"'{node.Path}' names 'local' without a model; expected 'local: tiny' or 'local: {{path: folder}}'.");
            return null;
        }

        var map = settings.IsScalar ? ImmutableDictionary<string, SpecNode>.Empty.Add("path", settings) : settings.Map("path", "api", "threads");
        if (Required(settings, map, "path") is not { } path || FindModelFolder(map["path"], path) is not { } folder)
        {
            return null;
        }

        return new LocalModelOptions
        {
            Path = folder,
            Name = name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            Form = Form(map),
            Threads = Whole(map, "threads") ?? 0,
        };
    }

    static OpenAIModelOptions? ReadOpenAI(SpecNode node, string? name)
    {
        var map = node.Map("base_url", "model", "api", "api_key_env", "stream", "timeout", "prices", "revision");
        var (address, model) = (Required(node, map, "base_url"), Required(node, map, "model"));
        if (address is null || model is null)
        {
            return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            map["base_url"].Problem($"'{map["base_url"].Path}' is '{address}', expected an address such as http://127.0.0.1:8000/v1.");
            return null;
        }

        var options = new OpenAIModelOptions { BaseAddress = uri, Model = model, Name = name ?? model, Form = Form(map), ApiKeyVariable = map.GetValueOrDefault("api_key_env")?.Text() };
        return options with
        {
            Stream = map.GetValueOrDefault("stream")?.Truth() ?? options.Stream,
            Timeout = map.GetValueOrDefault("timeout")?.Duration() ?? options.Timeout,
            Prices = map.TryGetValue("prices", out var prices) ? ReadPrices(prices) : null,
            Revision = map.GetValueOrDefault("revision")?.Text(),
        };
    }

    static PromptForm Form(IReadOnlyDictionary<string, SpecNode> map) =>
        map.GetValueOrDefault("api")?.Choice("completions", "chat")?.Name == "chat" ? PromptForm.Chat : PromptForm.Completions;

    // What is served, and what loads it.
    static void CheckServed(Spec spec, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (spec.Serve && !map.ContainsKey("data"))
        {
            map["serve"].Problem("'serve' by v2 needs 'data': a model is trained and then served. Add 'data: {path: ..., target: ...}', or serve a language model by openai.");
        }

        if (spec.ServeLanguageModels && !spec.Models.Any(model => model is LocalModelOptions))
        {
            map["serve"].Problem("'serve' by openai needs a language model on this machine. Add 'models: {tiny: {local: tiny}}' and 'tasks: [...]'.");
        }

        foreach (var profile in spec.Loads.Where(load => load.Service is null))
        {
            var (served, protocol) = profile.Protocol == LoadProtocol.V2 ? (spec.Serve, "v2") : (spec.ServeLanguageModels, "openai");
            if (map.ContainsKey("serve") && !served)
            {
                map["load"].Problem($"the load profile '{profile.Name}' needs a model served by {protocol}. Add 'serve: {protocol}', or give the profile another 'protocol'.");
            }
        }
    }

    string? FindModelFolder(SpecNode node, string path) => path == LocalModelOptions.Tiny ? path : FindFolder(node, path, "the folder of a model, or 'tiny'");

    /// <summary>The folder beside the spec, or else under the current one.</summary>
    string? FindFolder(SpecNode node, string path, string expected)
    {
        string[] places = [Path.GetFullPath(path, _folder), Path.GetFullPath(path, _currentFolder)];
        if (places.FirstOrDefault(Directory.Exists) is { } found)
        {
            return found;
        }

        node.Problem($"'{node.Path}' names '{path}', and there is no such folder (looked at {string.Join(" and ", places.Distinct())}). Give {expected}.");
        return null;
    }
}
