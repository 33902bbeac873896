using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Assay.Reporting;

namespace Assay.Tests.Reporting;

/// <summary>Texts committed under Snapshots/. ASSAY_UPDATE_SNAPSHOTS=1 writes them anew; git diff then shows what changed.</summary>
static class Snapshot
{
    public static void Matches(string fileName, string text, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots", fileName);
        if (Environment.GetEnvironmentVariable("ASSAY_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    public static async Task<string> Text(IReportWriter writer, Report report)
    {
        await using var stream = new MemoryStream();
        await writer.WriteAsync(report, stream, TestContext.Current.CancellationToken);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }

    /// <summary>The text written under a culture with other separators, signs and dates.</summary>
    public static async Task<string> TextUnder(string culture, IReportWriter writer, Report report)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Culture(culture);
        try
        {
            return await Text(writer, report);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // The build has no ICU (InvariantGlobalization), so what differs between cultures is set here by hand.
    static CultureInfo Culture(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        if (name == "de-DE")
        {
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
            culture.DateTimeFormat.TimeSeparator = ".";
        }
        else if (name == "zh-CN")
        {
            culture.NumberFormat.NegativeSign = "−";
            culture.NumberFormat.NaNSymbol = "非数字";
            culture.DateTimeFormat.DateSeparator = "年";
            culture.DateTimeFormat.TimeSeparator = "时";
        }

        return culture;
    }
}
