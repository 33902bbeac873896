namespace Assay.Reporting;

/// <summary>Writes a report in one format. Holds nothing between calls, so one writer may write many reports at once.</summary>
public interface IReportWriter
{
    /// <summary>The file's name in the run's folder: report.json, report.md, ...</summary>
    string FileName { get; }

    /// <summary>Writes all of it, UTF-8 without a byte order mark; leaves the stream open.</summary>
    Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default);
}
