using System.Globalization;
using System.Text;
using Assay.Statistics;

namespace Assay.Reporting;

/// <summary>
/// All numbers of a report as CSV, RFC 4180 with line feeds: a row an estimate, columns as the keys of an estimate in report.json.
/// What is undefined is an empty cell; numbers are written so that they read back as they were.
/// </summary>
public sealed class CsvReportWriter : IReportWriter
{
    const string Header = "run,stage,task,model,filter,slice,metric,value,low,high,n,excluded,method,definition,unit,reason\n";

    /// <inheritdoc/>
    public string FileName => "report.csv";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder(Header);
        foreach (var estimate in report.Estimates)
        {
            text.AppendJoin(',', Cells(report, estimate).Select(Quoted)).Append('\n');
        }

        await destination.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
    }

    static IEnumerable<string?> Cells(Report report, Estimate estimate) =>
    [
        report.Run, estimate.Stage, estimate.Task, estimate.Model, estimate.Filter, Slice(estimate), estimate.Metric, Number(estimate.Value), Number(estimate.Low),
        Number(estimate.High), NumberText.Count(estimate.N), NumberText.Count(estimate.Excluded), estimate.Method, estimate.Definition, estimate.Unit, estimate.Reason,
    ];

    static string? Slice(Estimate estimate) => estimate.Slice is { } slice ? string.Join("; ", slice.Select(pair => $"{pair.Key}={pair.Value}")) : null;

    static string? Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null;

    static string? Quoted(string? cell) => cell is null || cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
