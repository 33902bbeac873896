namespace Assay.Tests.Storage;

/// <summary>An empty folder, gone with the test.</summary>
public sealed class StoreFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-store-");

    public string Store => Path.Combine(_folder.FullName, "runs.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
