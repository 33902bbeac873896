using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Assay.Reporting;
using Assay.Results;
using Assay.Web.Reporting.Samples;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Web.Reporting;

/// <summary>
/// The whole report as one HTML file that loads nothing: no font, no image, and no script but the one of the browser of samples,
/// which the page's policy allows by its hash.
/// </summary>
/// <param name="records">
/// Begins to read the run's records, which the page then has a browser of: lists, filters, search. Long texts are cut in it. They
/// are streamed: memory holds some 100 bytes of each. Null: a page without script and samples.
/// </param>
public sealed class HtmlReportWriter(Func<CancellationToken, IAsyncEnumerable<Record>>? records = null) : IReportWriter
{
    const string End = "</body>";

    static readonly byte[] _script = Encoding.UTF8.GetBytes(EmbeddedText.Read("samples.js"));

    /// <inheritdoc/>
    public string FileName => "report.html";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default)
    {
        await using var samples = records is null ? null : await SamplePages.CollectAsync(records(cancellationToken), cancellationToken);
        var page = await RenderAsync(report, samples?.Count ?? 0);
        if (samples is not { Count: > 0 })
        {
            await destination.WriteAsync(Encoding.UTF8.GetBytes(page), cancellationToken);
            return;
        }

        // What is user's text is encoded: no other end of the body is there.
        var end = page.LastIndexOf(End, StringComparison.Ordinal);
        await destination.WriteAsync(Encoding.UTF8.GetBytes(page[..end]), cancellationToken);
        await samples.WriteAsync(destination, _script, cancellationToken);
        await destination.WriteAsync(Encoding.UTF8.GetBytes(page[end..]), cancellationToken);
    }

    static async Task<string> RenderAsync(Report report, int samples)
    {
        // The default encoder writes every letter outside Latin as a number.
        await using var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(ReportPage.Report)] = report,
                [nameof(ReportPage.Samples)] = samples,
                [nameof(ReportPage.ScriptHash)] = Convert.ToBase64String(SHA256.HashData(_script)),
            });
            var page = await renderer.RenderComponentAsync<ReportPage>(parameters);
            return page.ToHtmlString();
        });
    }
}
