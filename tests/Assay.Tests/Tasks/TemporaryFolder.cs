using System.IO.Compression;

namespace Assay.Tests.Tasks;

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("assay-tests-").FullName;

    public string Write(string name, string content) => WriteBytes(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string WriteBytes(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, content);
            return path;
        }

        using var packed = new GZipStream(File.Create(path), CompressionMode.Compress);
        packed.Write(content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
