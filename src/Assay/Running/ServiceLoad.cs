using System.Collections.Immutable;
using System.Text;
using Assay.Data;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Models;

namespace Assay.Running;

/// <summary>Loads services that the run did not start.</summary>
static class ServiceLoad
{
    public static async Task RunAsync(Spec spec, RunServices services, ReportBuilder report, CancellationToken cancellationToken)
    {
        foreach (var (i, profile) in spec.Loads.Index())
        {
            if (profile.Service is { } service)
            {
                var options = LoadStage.Options(spec, i);
                var target = await TargetAsync(profile, service, options, cancellationToken).ConfigureAwait(false);
                await report.StageAsync(
                    $"load {profile.Name}", () => LoadStage.MeasureAsync(spec, i, services, report, target, service.Name, cancellationToken), summary => summary).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Where the requests of a profile go, and what they are.</summary>
    public static async Task<LoadTarget> TargetAsync(LoadProfile profile, ServiceUnderLoad service, LoadOptions options, CancellationToken cancellationToken) =>
        profile.Protocol == LoadProtocol.V2 && service.Rows is { } rows
            ? await RowsAsync(service, rows, options, cancellationToken).ConfigureAwait(false)
            : Target(profile, service, options);

    static LoadTarget Target(LoadProfile profile, ServiceUnderLoad service, LoadOptions options)
    {
        var target = new LoadTarget { Address = AddressOf(profile.Protocol, service.Address), Protocol = profile.Protocol, Headers = Headers(service) };
        if (service.Bodies is { } bodies)
        {
            return target with { Payloads = new FixedPayloads(Lines(bodies, "a body").Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)), options.Seed) };
        }

        if (profile.Protocol is LoadProtocol.Http or LoadProtocol.V2)
        {
            return service.Prompt is null ? target : target with { Payloads = new FixedPayloads([Encoding.UTF8.GetBytes(service.Prompt)], options.Seed) };
        }

        var body = new OpenAIBody
        {
            Protocol = profile.Protocol,
            Model = service.Model ?? throw new UserErrorException($"The load of {service.Address} names no model. Expected its name, as the service knows it. Add '--model NAME' ('model: NAME' in a spec)."),
            MaxTokens = profile.MaxTokens,
            ForceLength = service.ForceLength,
            Stream = service.Stream,
        };
        var prompts = Prompts(service, options);
        return service.Turns is { } turns
            ? target with { Sessions = new Conversations(body, prompts, turns, service.Think, options.Seed) }
            : target with { Payloads = new PromptPayloads(body, prompts) };
    }

    static async Task<LoadTarget> RowsAsync(ServiceUnderLoad service, string rows, LoadOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var client = await V2Client.ConnectAsync(http, service.Address, service.Model ?? "", null, cancellationToken).ConfigureAwait(false);
        return V2Target.Of(client, TableReader.Read(rows, null, cancellationToken), options.Seed) with { Headers = Headers(service) };
    }

    // Each prompt of a list equally often, in a seeded order.
    static Func<int, Prompt> Prompts(ServiceUnderLoad service, LoadOptions options)
    {
        if (service.Synthetic is { } synthetic)
        {
            return (synthetic with { Seed = options.Seed }).Of;
        }

        if (service is { Prompt: null, Prompts: null })
        {
            return options.Arrivals is TraceArrivals replay
                ? new TracePrompts(replay.Trace, options.Seed) { WholeBlocks = service.WholeBlocks }.Of
                : new SyntheticPrompts { Input = TokenLengths.Constant(32), Seed = options.Seed }.Of;
        }

        string[] texts = service.Prompts is { } path ? [.. Lines(path, "a prompt").Select(PromptLine.TextOf)] : [service.Prompt!];
        new SeededRandom(options.Seed).Derive(1).Shuffle(texts);
        ReadOnlyMemory<byte>[] bytes = [.. texts.Select(Encoding.UTF8.GetBytes)];
        return index => new Prompt(bytes[index % bytes.Length]);
    }

    static string[] Lines(string path, string what)
    {
        try
        {
            string[] lines = [.. File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line))];
            return lines.Length > 0 ? lines : throw new UserErrorException($"{path}: the file is empty. Expected {what} a line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the file cannot be read: {e.Message} Expected {what} a line.", e);
        }
    }

    internal static Uri AddressOf(LoadProtocol protocol, Uri address)
    {
        var end = protocol switch
        {
            LoadProtocol.Chat => "/chat/completions",
            LoadProtocol.Completions => "/completions",
            LoadProtocol.Responses => "/responses",
            LoadProtocol.Embeddings => "/embeddings",
            LoadProtocol.V2 or LoadProtocol.Http or _ => "",
        };
        var path = address.AbsolutePath.TrimEnd('/');
        return path.EndsWith(end, StringComparison.Ordinal) ? address : new UriBuilder(address) { Path = path + end }.Uri;
    }

    static ImmutableDictionary<string, string> Headers(ServiceUnderLoad service)
    {
        var headers = ImmutableDictionary.Create<string, string>();
        if (service.ApiKeyVariable is not { } name)
        {
            return headers;
        }

        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } key
            ? headers.Add("Authorization", $"Bearer {key}")
            : throw new UserErrorException($"The environment variable '{name}' is not set. Expected the service's key in it. Set it, or leave the key out.");
    }
}
