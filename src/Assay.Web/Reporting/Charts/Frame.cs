using System.Globalization;
using Assay.Reporting;

namespace Assay.Web.Reporting.Charts;

/// <summary>Two axes laid on a drawing of 400 by 280 units, and the places of points on it, as SVG wants them.</summary>
public sealed record Frame(Axis X, Axis Y)
{
    internal const int Left = 48;
    internal const int Right = 388;
    internal const int Top = 10;
    internal const int Bottom = 234;

    internal string AtX(double value) => Number(Left + (X.PositionOf(value) * (Right - Left)));

    internal string AtY(double value) => Number(Bottom - (Y.PositionOf(value) * (Bottom - Top)));

    internal string Line(IEnumerable<CurvePoint> points) => string.Join(' ', points.Select(point => $"{AtX(point.X)},{AtY(point.Y)}"));

    internal static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
