using Assay.Data;

namespace Assay.Cli;

/// <summary>Tables whole, or batch by batch where they may be larger than memory.</summary>
static class TableFiles
{
    // Above it the file is read in batches, twice: memory does not grow with it.
    const long LargestWhole = 64L << 20;
    const int BatchRows = 10_000;

    public static bool IsLarge(string path) => File.Exists(path) && new FileInfo(path).Length > LargestWhole;

    public static IEnumerable<Table> Batches(string path, CancellationToken cancellationToken) => IsLarge(path)
        ? TableReader.Batches(path, BatchRows, null, cancellationToken)
        : [TableReader.Read(path, null, cancellationToken)];
}
