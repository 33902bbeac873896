using System.Collections.Immutable;
using Assay.Models;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // What a service of ours lets wait.
    const int MostAtATime = 256;

    static int? ReadConcurrency(SpecNode? limits) =>
        limits is { IsMap: true } && limits.Map("samples", "concurrency").TryGetValue("concurrency", out var concurrency) ? concurrency.Whole(1, MostAtATime) : null;

    // A path, or a path and the columns whose values are judged apart.
    static (SpecNode Place, string? Path, ImmutableArray<string> Slices) TaskPath(SpecNode item)
    {
        if (!item.IsMap)
        {
            return (item, item.Text(), []);
        }

        var map = item.Map("path", "slices");
        return (map.GetValueOrDefault("path") ?? item, Required(item, map, "path"), map.TryGetValue("slices", out var slices) ? slices.Texts() : []);
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
        if (Required(settings, map, "path") is not { } path || FindFolder(map["path"], path) is not { } folder)
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
        var map = node.Map("base_url", "model", "api", "api_key_env", "stream", "timeout");
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

        foreach (var profile in spec.Loads)
        {
            var (served, protocol) = profile.Protocol == LoadProtocol.V2 ? (spec.Serve, "v2") : (spec.ServeLanguageModels, "openai");
            if (map.ContainsKey("serve") && !served)
            {
                map["load"].Problem($"the load profile '{profile.Name}' needs a model served by {protocol}. Add 'serve: {protocol}', or give the profile another 'protocol'.");
            }
        }
    }

    /// <summary>The folder beside the spec, or else under the current one.</summary>
    string? FindFolder(SpecNode node, string path)
    {
        if (path == LocalModelOptions.Tiny)
        {
            return path;
        }

        string[] places = [Path.GetFullPath(path, _folder), Path.GetFullPath(path, _currentFolder)];
        if (places.FirstOrDefault(Directory.Exists) is { } found)
        {
            return found;
        }

        node.Problem($"'{node.Path}' names '{path}', and there is no such folder (looked at {string.Join(" and ", places.Distinct())}). Give the folder of a model, or 'tiny'.");
        return null;
    }
}
