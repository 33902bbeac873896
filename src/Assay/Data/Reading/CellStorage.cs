namespace Assay.Data.Reading;

/// <summary>How cells of a column are kept while the file is read.</summary>
enum CellStorage
{
    Numbers,
    Longs,
    Codes,

    /// <summary>Not at all: the column is known to hold texts and the file will be read again.</summary>
    Nothing,
}
