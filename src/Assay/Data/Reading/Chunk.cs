namespace Assay.Data.Reading;

/// <summary>What one part of the file became. Lines count from 0 at the start of the part.</summary>
sealed class Chunk
{
    const int MostNamed = 20;

    public List<ColumnPart> Parts { get; } = [];

    public int Rows { get; set; }

    public long Lines { get; set; }

    public int Skipped { get; private set; }

    public int Filled { get; private set; }

    /// <summary>The first ones.</summary>
    public List<SkippedRow> Named { get; } = [];

    /// <summary>What ended the part early.</summary>
    public SkippedRow? Fault { get; set; }

    public bool IsBadlyEncoded { get; set; }

    public void Skip(long line, string reason)
    {
        Skipped++;
        Name(line, reason);
    }

    public void Fill(long line, string reason)
    {
        Filled++;
        Name(line, reason);
    }

    /// <summary>Ready for another part of the file.</summary>
    public void Clear()
    {
        (Rows, Lines, Skipped, Filled, Fault, IsBadlyEncoded) = (0, 0, 0, 0, null, false);
        Named.Clear();
        foreach (var part in Parts)
        {
            part.Clear();
        }
    }

    void Name(long line, string reason)
    {
        if (Named.Count < MostNamed)
        {
            Named.Add(new SkippedRow(line, reason));
        }
    }
}
