using System.Globalization;

namespace Assay.Web.Reporting.Charts;

/// <summary>Colour and dashes of the lines of one chart; after six they begin again.</summary>
static class Strokes
{
    public static string Of(int line) => string.Create(CultureInfo.InvariantCulture, $"line s{line % 6}");
}
