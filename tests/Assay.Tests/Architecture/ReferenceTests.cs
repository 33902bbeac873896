using System.Xml.Linq;

namespace Assay.Tests.Architecture;

/// <summary>The reference table of the design.</summary>
public class ReferenceTests
{
    static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Assay"] = [],
        ["Assay.Storage"] = ["Assay"],
        ["Assay.Web"] = ["Assay", "Assay.Storage"],
        ["Assay.Cli"] = ["Assay", "Assay.Storage", "Assay.Web"],
    };

    static readonly string[] _libraryPackages =
        ["MathNet.Numerics", "Microsoft.Extensions.AI.Abstractions", "System.Numerics.Tensors", "YamlDotNet"];

    [Fact]
    public void Projects_reference_only_what_the_design_allows()
    {
        foreach (var project in Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.True(_allowed.ContainsKey(name), $"{name} is not in the design: a new project needs another dependency or another process.");
            Assert.All(References(project, "ProjectReference"), reference => Assert.Contains(reference, _allowed[name]));
        }
    }

    [Fact]
    public void The_library_depends_on_four_packages_at_most() =>
        Assert.All(References(Repository.PathOf("src", "Assay", "Assay.csproj"), "PackageReference"), package => Assert.Contains(package, _libraryPackages));

    static IEnumerable<string> References(string project, string kind) => XDocument.Load(project).Descendants(kind)
        .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
        .Select(include => kind == "ProjectReference" ? Path.GetFileNameWithoutExtension(include) : include);
}
