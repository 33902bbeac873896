namespace Assay.Tests.Conformance;

/// <summary>The folder of the checkout.</summary>
static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    static string Find(DirectoryInfo? folder) => folder is null
        ? throw new InvalidOperationException("The tests do not run inside a checkout.")
        : File.Exists(Path.Combine(folder.FullName, "Assay.slnx")) ? folder.FullName : Find(folder.Parent);
}
