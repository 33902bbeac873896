namespace Assay.Tests.Conformance;

/// <summary>The folder of public data beside the checkout, where there is one.</summary>
static class SharedFolder
{
    static readonly string? _root = Ancestors(AppContext.BaseDirectory)
        .Select(folder => Path.Combine(folder, "shared"))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "design.md")));

    /// <summary>The path of a file or folder in it; skips the test where there is no such folder.</summary>
    public static string Find(params string[] parts)
    {
        if (_root is null)
        {
            Assert.Skip("skipped: no ../shared");
        }

        return Path.Combine([_root, .. parts]);
    }

    static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
