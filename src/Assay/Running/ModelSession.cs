using Assay.Models;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>A language model that is ready to answer: in process, behind a service, or served for this run on loopback.</summary>
sealed class ModelSession(LanguageModelOptions options, Budget budget) : IAsyncDisposable
{
    readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    IModel? _model;

    /// <summary>The service of this run; null without one.</summary>
    public IHostedModel? Hosted { get; private set; }

    /// <summary>Where a load goes; null without a service of this run.</summary>
    public OpenAIModelOptions? Served { get; private set; }

    /// <summary>Of a service that does not give them; null of one that does, and of what is no service.</summary>
    public string? WhyNoLikelihoods { get; private set; }

    public LanguageModelOptions Options => options;

    /// <summary>Every call goes to a service.</summary>
    public bool IsRemote => Served is not null || options is OpenAIModelOptions or ChatClientOptions;

    public static async Task<ModelSession> OpenAsync(
        LanguageModelOptions options, Spec spec, Budget budget, RunServices services, ReportBuilder report, CancellationToken cancellationToken)
    {
        var session = new ModelSession(options, budget);
        try
        {
            await session.StartAsync(spec, services, report, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What answers one task. A replay counts which of its rows a task has asked for, so each task has its own.</summary>
    public async Task<IModel> ForTaskAsync(TaskDefinition task, CancellationToken cancellationToken) => options is not ReplayOptions replay ? _model!
        : task.OutputType == OutputType.GenerateUntil ? await ReplayModel.LoadAsync(replay, cancellationToken).ConfigureAwait(false)
        : await ReplayLikelihoodModel.LoadAsync(replay, cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (_model is IAsyncDisposable model)
        {
            await model.DisposeAsync().ConfigureAwait(false);
        }

        if (Hosted is { } hosted)
        {
            await hosted.DisposeAsync().ConfigureAwait(false);
        }

        _http.Dispose();
    }

    async Task<IModel> ProbedAsync(OpenAIModelOptions remote, Spec spec, RunServices services, ReportBuilder report, CancellationToken cancellationToken)
    {
        var probe = new ServiceProbe(Guarded(remote, spec, services with { Cache = null }), _http, remote, spec.Tasks);
        var found = await report.StageAsync($"probe {remote.Name}", () => probe.RunAsync(cancellationToken), findings => findings.Summary).ConfigureAwait(false);
        report.Add(found.Capabilities);
        WhyNoLikelihoods = found.WhyNoLikelihoods;
        var model = Guarded(found.ManyStops ? remote : remote with { MostStops = 4 }, spec, services);
        return WhyNoLikelihoods is null ? new EchoModel(model) : model;
    }

    // What determines a client's answers is not known, so there is no cache.
    BreakingModel Guarded(ChatClientOptions client, Spec spec, RunServices services) => Guarded(new ChatClientModel(client, services.Time), client.Prices, spec, services);

    IModel Guarded(OpenAIModelOptions remote, Spec spec, RunServices services)
    {
        var service = new OpenAIModel(_http, remote, services.Time);
        var model = Guarded(service, remote.Prices, spec, services);
        return services.Cache is { } folder ? new CachingModel(model, folder, service.Identity) : model;
    }

    // From the inside out: a wait between two attempts holds no place of the limit, and each attempt comes out of the budget.
    BreakingModel Guarded(IModel service, TokenPrices? prices, Spec spec, RunServices services)
    {
        var model = spec.Limits.Adaptive ? new LimitedModel(service, new AdaptiveLimit(spec.Concurrency, TaskAnswers.MostAtATime)) : service;
        model = new BudgetedModel(model, budget, prices);
        model = new RetryingModel(model, new RetryOptions { Retries = spec.Limits.Retries, Seed = spec.Seed }, services.Time);
        return new BreakingModel(model, spec.Limits.Failures);
    }

    async Task StartAsync(Spec spec, RunServices services, ReportBuilder report, CancellationToken cancellationToken)
    {
        switch (options)
        {
            case LocalModelOptions local when spec.ServeLanguageModels:
                var host = services.Host ?? throw new UserErrorException("The spec has 'serve', and this run has no host to serve models. Give RunServices.Host, or take 'serve' out.");
                Hosted = await report.StageAsync($"serve {local.Name}", () => host.StartLanguageModelAsync(local, cancellationToken), hosted => $"serving at {hosted.Address}").ConfigureAwait(false);
                Served = new OpenAIModelOptions { BaseAddress = new Uri(Hosted.Address, "v1"), Model = local.Name, Name = local.Name, Form = local.Form, Seed = spec.Seed };
                _model = await ProbedAsync(Served, spec, services, report, cancellationToken).ConfigureAwait(false);
                break;
            case LocalModelOptions local:
                _model = LocalModel.Load(local with { Seed = spec.Seed });
                break;
            case OpenAIModelOptions remote:
                _model = await ProbedAsync(remote with { Seed = spec.Seed }, spec, services, report, cancellationToken).ConfigureAwait(false);
                break;
            case ChatClientOptions client:
                _model = Guarded(client with { Seed = spec.Seed }, spec, services);
                break;
            default:
                break;
        }
    }
}
