using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using Assay.Data;
using Assay.Learning;

namespace Assay.Models;

/// <summary>A model of a table behind a V2 (open) inference service, evaluated like a local one. Thread-safe.</summary>
public sealed class V2Client : IPredictor
{
    readonly HttpClient _http;
    readonly V2Metadata _metadata;
    readonly int _rowsPerRequest;

    V2Client(HttpClient http, V2Metadata metadata, Uri inferAddress, int rowsPerRequest)
    {
        _http = http;
        _metadata = metadata;
        _rowsPerRequest = rowsPerRequest;
        InferAddress = inferAddress;
    }

    /// <inheritdoc/>
    public string Name => _metadata.Name;

    /// <inheritdoc/>
    public OutputNames Outputs => _metadata.Outputs;

    /// <summary>The classes, in the order of the probabilities; empty for a model of numbers.</summary>
    public ImmutableArray<string> Classes => Outputs.Classes;

    /// <summary>The columns the model wants, from its metadata.</summary>
    public ImmutableArray<InputColumn> Inputs => _metadata.Inputs;

    /// <summary>Where inference requests go.</summary>
    public Uri InferAddress { get; }

    /// <summary>Reads the model's metadata and checks that it is ready: by the status alone, for some servers answer health without a body.</summary>
    /// <param name="http">Stays the caller's. Its timeout, or the token's, bounds each call.</param>
    /// <param name="baseAddress">What stands before <c>/v2</c>.</param>
    /// <param name="model">Name on the server.</param>
    /// <param name="version">Null for the server's default.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <param name="rowsPerRequest">At most so many rows in one call of <see cref="PredictAsync"/>.</param>
    /// <exception cref="UserErrorException">The server has no such model.</exception>
    /// <exception cref="V2Exception">The server is not there, not ready, or no V2 server.</exception>
    public static async Task<V2Client> ConnectAsync(
        HttpClient http, Uri baseAddress, string model, string? version, CancellationToken cancellationToken, int rowsPerRequest = 256)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(baseAddress);
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowsPerRequest);
        var path = $"{baseAddress.AbsoluteUri.TrimEnd('/')}/v2/models/{Uri.EscapeDataString(model)}"
            + (version is null ? "" : $"/versions/{Uri.EscapeDataString(version)}");
        var metadata = V2Metadata.Read(await GetAsync(http, new Uri(path), cancellationToken).ConfigureAwait(false), new Uri(path));
        await GetAsync(http, new Uri(path + "/ready"), cancellationToken).ConfigureAwait(false);
        return new V2Client(http, metadata, new Uri(path + "/infer"), rowsPerRequest);
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The table does not fit the model.</exception>
    /// <exception cref="V2Exception">A call failed.</exception>
    public async ValueTask<float[]> PredictAsync(Table rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (output, width) = (V2Tensors.Of(Outputs.Kind), Outputs.Names.Length);
        var answers = new float[rows.RowCount * width];
        for (var first = 0; first < rows.RowCount; first += _rowsPerRequest)
        {
            var end = Math.Min(first + _rowsPerRequest, rows.RowCount);
            using var request = new HttpRequestMessage(HttpMethod.Post, InferAddress)
            {
                Content = new ByteArrayContent(V2Request.Write(rows, Inputs, first..end, output)),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var body = await SendAsync(_http, request, cancellationToken).ConfigureAwait(false);
            var part = answers.AsMemory((first * width)..(end * width));
            if (V2Reply.Read(body, output, part.Span) is { } problem)
            {
                throw new V2Exception($"{InferAddress} answered 200, but {problem}.", Outcome.Error, HttpStatusCode.OK);
            }
        }

        return answers;
    }

    static async Task<byte[]> GetAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            return await SendAsync(http, request, cancellationToken).ConfigureAwait(false);
        }
        catch (V2Exception exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            throw new UserErrorException($"{exception.Message} Check the address, the model's name and its version.", exception);
        }
    }

    static async Task<byte[]> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? body
                : throw new V2Exception(
                    $"{request.RequestUri} answered {(int)response.StatusCode}: {V2Reply.ErrorText(body)}", Outcome.Error, response.StatusCode);
        }
        catch (HttpRequestException exception)
        {
            throw new V2Exception($"{request.RequestUri} could not be called: {exception.Message}", Outcome.Error, null, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new V2Exception($"{request.RequestUri} did not answer within {http.Timeout.TotalSeconds} s.", Outcome.Timeout, null, exception);
        }
    }
}
