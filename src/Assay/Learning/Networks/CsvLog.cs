namespace Assay.Learning.Networks;

/// <summary>
/// Writes a line per epoch, as Keras' CSVLogger: <c>epoch</c> (from 1), then the figures that there are, in the order of their names.
/// </summary>
/// <param name="Path">An existing file is replaced; resumed training writes the epochs before it again.</param>
public sealed record CsvLog(string Path);
