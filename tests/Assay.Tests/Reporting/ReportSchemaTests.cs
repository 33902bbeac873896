using System.Collections;
using System.Text.Json.Serialization.Metadata;
using Assay.Reporting;

namespace Assay.Tests.Reporting;

/// <summary>docs/report-schema.md tells every key of report.json.</summary>
public class ReportSchemaTests
{
    [Fact]
    public void Every_key_of_the_report_is_documented()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "report-schema.md"));
        var missing = Types(typeof(Report)).SelectMany(type => Keys(type).Where(key => !Section(page, type).Contains($"| `{key}` |", StringComparison.Ordinal)).Select(key => $"{type.Name}: {key}"));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_version_is_that_of_the_page() =>
        Assert.Contains($"`schema_version` is {Report.CurrentSchema}", File.ReadAllText(Repository.PathOf("docs", "report-schema.md")), StringComparison.Ordinal);

    // From its heading to the next.
    static string Section(string page, Type type)
    {
        var start = page.IndexOf($"\n## {type.Name}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/report-schema.md has no section '## {type.Name}'.");
        var end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return page[start..(end < 0 ? page.Length : end)];
    }

    static IEnumerable<string> Keys(Type type) => ReportJson.Options.GetTypeInfo(type).Properties.Where(property => property.Get is not null).Select(property => property.Name);

    static HashSet<Type> Types(Type root)
    {
        var (found, open) = (new HashSet<Type>(), new Stack<Type>([root]));
        while (open.TryPop(out var type))
        {
            if (type.IsGenericType || type.IsArray)
            {
                foreach (var part in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
                {
                    open.Push(part);
                }
            }
            else if (type.Namespace!.StartsWith("Assay", StringComparison.Ordinal) && !typeof(IEnumerable).IsAssignableFrom(type)
                && ReportJson.Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info && found.Add(type))
            {
                foreach (var property in info.Properties)
                {
                    open.Push(property.PropertyType);
                }
            }
        }

        return found;
    }
}
