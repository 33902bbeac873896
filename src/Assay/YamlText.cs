using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay;

/// <summary>Loads YAML so that whatever is wrong with it is a <see cref="YamlException"/> with a place.</summary>
static class YamlText
{
    public static YamlStream Load(TextReader text) => Load(parser => parser, text);

    /// <summary>The same with the events of the text changed on their way.</summary>
    public static YamlStream Load(Func<IParser, IParser> change, TextReader text)
    {
        var scanner = new Scanner(text);
        var stream = new YamlStream();
        try
        {
            stream.Load(change(new Parser(scanner)));
            return stream;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner of YamlDotNet 16.3 throws these on some texts, e.g. on a plain scalar cut by '[' within a flow mapping.
            throw new YamlException(scanner.CurrentPosition, scanner.CurrentPosition, "the text cannot be read here", e);
        }
    }
}
