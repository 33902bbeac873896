namespace Assay.Data;

/// <summary>A column that a model was trained on and wants to see again.</summary>
/// <param name="Name">Name in the table and on the wire.</param>
/// <param name="Kind">What it holds.</param>
public sealed record InputColumn(string Name, ColumnKind Kind);
