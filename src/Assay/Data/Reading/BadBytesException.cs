namespace Assay.Data.Reading;

/// <summary>Bytes that are not of the encoding; whoever catches it finds the line.</summary>
sealed class BadBytesException : Exception;
