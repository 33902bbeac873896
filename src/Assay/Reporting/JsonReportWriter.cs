using System.Text.Json;

namespace Assay.Reporting;

/// <summary>The whole report as one JSON document, see <see cref="ReportJson"/>.</summary>
public sealed class JsonReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public string FileName => "report.json";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default)
    {
        await JsonSerializer.SerializeAsync(destination, report, ReportJson.Options, cancellationToken).ConfigureAwait(false);
        await destination.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
