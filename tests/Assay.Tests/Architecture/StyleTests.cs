using System.Text.RegularExpressions;

namespace Assay.Tests.Architecture;

/// <summary>What the compiler's rules cannot say about the house style.</summary>
public partial class StyleTests
{
    const int LongestFile = 400;

    static readonly string[] _roots = ["src", "tests", "bench"];

    static IEnumerable<string> Files => _roots.Where(root => Directory.Exists(Repository.PathOf(root))).SelectMany(root => Repository.Sources(root));

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Assert.Empty(Files.Where(file => File.ReadLines(file).Count() > LongestFile).Select(Name));

    [Fact]
    public void No_type_is_named_for_being_useful() =>
        Assert.Empty(Files.Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file))).Select(Name));

    [Fact]
    public void No_regions_no_pragmas_no_empty_doc_phrases() =>
        Assert.Empty(Files.Where(file => Path.GetFileName(file) != "StyleTests.cs" && ForbiddenText().IsMatch(File.ReadAllText(file))).Select(Name));

    static string Name(string file) => Path.GetRelativePath(Repository.Root, file);

    [GeneratedRegex("(Helper|Helpers|Manager|Utils|Util|Service|Common)$", RegexOptions.CultureInvariant)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"^\s*#region|^\s*#pragma warning|Gets or sets|/// <summary>Represents a|Initializes a new instance|NotImplementedException|\bTODO\b|\bFIXME\b", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ForbiddenText();
}
