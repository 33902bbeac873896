namespace Assay.Data.Reading;

/// <summary>A record did not end within the limit; the caller knows its line.</summary>
sealed class RowTooLongException(int limit) : Exception
{
    public int Limit => limit;
}
