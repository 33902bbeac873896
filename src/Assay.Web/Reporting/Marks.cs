using Assay.Reporting;

namespace Assay.Web.Reporting;

/// <summary>The style sheet's word for a mark.</summary>
static class Marks
{
    public static string? ClassOf(CellMark mark) => mark switch
    {
        CellMark.Good => "good",
        CellMark.Bad => "bad",
        CellMark.None or _ => null,
    };
}
