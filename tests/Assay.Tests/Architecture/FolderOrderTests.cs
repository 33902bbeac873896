using System.Text.RegularExpressions;

namespace Assay.Tests.Architecture;

/// <summary>Folders of the library depend downwards only (docs/decisions/0002-folder-order.md).</summary>
public partial class FolderOrderTests
{
    // A folder may use the folders of lower rank. Those of one rank do not know each other.
    static readonly Dictionary<string, int> _rank = new()
    {
        ["Data"] = 0,
        ["Metrics"] = 0,
        ["Statistics"] = 0,
        ["Learning"] = 1,
        ["Tasks"] = 1,
        ["Transformers"] = 2,
        ["Models"] = 3,
        ["Scoring"] = 4,
        ["Load"] = 4,
        ["Results"] = 5,
        ["Comparing"] = 6,
        ["Reporting"] = 7,
        ["Running"] = 8,
    };

    [Fact]
    public void Every_folder_has_a_rank() => Assert.Equal(
        _rank.Keys.Order(), Directory.EnumerateDirectories(Repository.PathOf("src", "Assay")).Select(folder => Path.GetFileName(folder)).Order());

    [Fact]
    public void Folders_use_only_lower_folders()
    {
        var wrong = from file in Repository.Sources("src", "Assay")
                    let folder = FolderOf(file)
                    where _rank.ContainsKey(folder)
                    from used in Mentions().Matches(File.ReadAllText(file)).Select(match => match.Groups["folder"].Value).Distinct()
                    where _rank.ContainsKey(used) && used != folder && _rank[used] >= _rank[folder]
                    select $"{Path.GetRelativePath(Repository.Root, file)} uses {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_root_folder_uses_none() => Assert.All(
        Directory.EnumerateFiles(Repository.PathOf("src", "Assay"), "*.cs"),
        file => Assert.DoesNotContain(Mentions().Matches(File.ReadAllText(file)), match => _rank.ContainsKey(match.Groups["folder"].Value)));

    static string FolderOf(string file) => Path.GetRelativePath(Repository.PathOf("src", "Assay"), file).Split(Path.DirectorySeparatorChar)[0];

    [GeneratedRegex(@"\bAssay\.(?<folder>[A-Z][A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Mentions();
}
