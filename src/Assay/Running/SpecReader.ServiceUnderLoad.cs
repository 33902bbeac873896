using Assay.Load.Payloads;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // A service under load that the run does not start.
    ServiceUnderLoad? ReadService(SpecNode url, IReadOnlyDictionary<string, SpecNode> map)
    {
        if (url.Text() is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            url.Problem($"'{url.Path}' is '{text}', expected an address such as http://127.0.0.1:8000/v1.");
            return null;
        }

        return new ServiceUnderLoad
        {
            Address = address,
            Model = map.GetValueOrDefault("model")?.Text(),
            ApiKeyVariable = map.GetValueOrDefault("api_key_env")?.Text(),
            Prompt = map.GetValueOrDefault("prompt")?.Text(),
            Prompts = PathOf(map, "prompts"),
            Bodies = PathOf(map, "bodies"),
            Synthetic = ReadSynthetic(map),
            ForceLength = map.GetValueOrDefault("ignore_eos")?.Truth() ?? false,
            Stream = map.GetValueOrDefault("stream")?.Truth() ?? true,
            Turns = map.GetValueOrDefault("turns")?.Whole(1),
            Think = map.GetValueOrDefault("think")?.Duration() ?? TimeSpan.Zero,
        };
    }

    static SyntheticPrompts? ReadSynthetic(IReadOnlyDictionary<string, SpecNode> map) =>
        Lengths(map, "input_tokens") is { } input
            ? new SyntheticPrompts
            {
                Input = input,
                Output = Lengths(map, "output_tokens"),
                Prefixes = map.GetValueOrDefault("prefixes")?.Whole(0) ?? 0,
                PrefixTokens = map.GetValueOrDefault("prefix_tokens")?.Whole(0) ?? 0,
            }
            : null;

    static TokenLengths? Lengths(IReadOnlyDictionary<string, SpecNode> map, string key)
    {
        if (!map.TryGetValue(key, out var node) || node.Text() is not { } text)
        {
            return null;
        }

        if (TokenLengths.Parse(text) is { } lengths)
        {
            return lengths;
        }

        node.Problem($"'{node.Path}' is '{text}', expected {TokenLengths.Forms}.");
        return null;
    }

    string? PathOf(IReadOnlyDictionary<string, SpecNode> map, string key) =>
        map.TryGetValue(key, out var node) && node.Text() is { } path ? FindFile(node, path) : null;
}
