namespace Assay.Running;

public sealed partial class SpecReader
{
    // One protocol or a list of them, each a word or 'protocol: word'.
    static string[] ReadServe(SpecNode node) => [.. node.Items().Select(Protocol).OfType<string>()];

    static string? Protocol(SpecNode item)
    {
        var word = item.IsMap ? item.Map("protocol").GetValueOrDefault("protocol") : item;
        return word is null ? "v2" : word.Choice("v2", "openai")?.Name;
    }
}
