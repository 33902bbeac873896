using Assay.Data;

namespace Assay.Models;

/// <summary>The datatypes of the V2 (open) inference protocol and the columns they carry.</summary>
public static class V2Datatype
{
    /// <summary>The datatype that a column is sent as: FP64, INT64, BOOL or BYTES.</summary>
    public static string Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "FP64",
        ColumnKind.Integer => "INT64",
        ColumnKind.Boolean => "BOOL",
        ColumnKind.Category or ColumnKind.Text or ColumnKind.Date or _ => "BYTES",
    };

    /// <summary>The kind of column that a tensor of this datatype fills, or null for a datatype the protocol does not know.</summary>
    public static ColumnKind? KindOf(string datatype) => datatype switch
    {
        "FP16" or "FP32" or "FP64" => ColumnKind.Number,
        "INT8" or "INT16" or "INT32" or "INT64" or "UINT8" or "UINT16" or "UINT32" or "UINT64" => ColumnKind.Integer,
        "BOOL" => ColumnKind.Boolean,
        "BYTES" => ColumnKind.Category,
        _ => null,
    };
}
