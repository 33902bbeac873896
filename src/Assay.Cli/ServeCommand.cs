using System.CommandLine;
using System.Globalization;
using System.Net;
using Assay.Learning;
using Assay.Models;
using Assay.Transformers;
using Assay.Web.Serving;

namespace Assay.Cli;

/// <summary><c>assay serve</c>: trained models or a language model over HTTP, on loopback unless told otherwise.</summary>
static class ServeCommand
{
    static readonly Option<string[]> _models = new("--model")
    {
        Description = "'tiny' or the folder of a language model; or a file of a trained model, and given several times, they are versions 1, 2, ...",
        Required = true,
    };

    static readonly Option<string?> _name = new("--name") { Description = "the model's name on the wire (default: as trained, or the folder's name)" };
    static readonly Option<int> _port = new("--port") { Description = "port; 0 takes a free one" };
    static readonly Option<string> _host = new("--host") { Description = "address to listen on, of a language model", DefaultValueFactory = _ => "127.0.0.1" };
    static readonly Option<int> _threads = new("--threads") { Description = "threads of a language model; 0 takes every core" };
    static readonly Option<int> _maxBatch = new("--max-batch") { Description = "answers of a language model made at a time", DefaultValueFactory = _ => 8 };
    static readonly Option<int> _maxQueue = new("--max-queue") { Description = "requests to a language model that may wait; more are answered with 429", DefaultValueFactory = _ => 256 };
    static readonly Option<bool> _untilStdinCloses = new("--until-stdin-closes") { Description = "end when standard input closes", Hidden = true };

    public static Command Create()
    {
        var command = new Command(
            "serve",
            "Serves a language model by the OpenAI protocol, or trained models by the open inference protocol V2. Prints the address; Ctrl+C ends it.\n\n"
            + "Example:\n  assay serve --model tiny --port 8000\n  assay serve --model assay-out/model.assay --port 8080")
        {
            _models, _name, _port, _host, _threads, _maxBatch, _maxQueue, _untilStdinCloses,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var models = arguments.GetRequiredValue(_models);
        return !Array.Exists(models, IsLanguageModel) ? ServeTrainedAsync(models, arguments, cancellationToken)
            : models is [var one] ? ServeLanguageModelAsync(one, arguments, cancellationToken)
            : throw new UserErrorException($"--model names {models.Length} models, {string.Join(", ", models)}, and one of them is a language model. Serve it alone: give --model once.");
    }

    static bool IsLanguageModel(string path) => path == LocalModelOptions.Tiny || Directory.Exists(path);

    static async Task<int> ServeTrainedAsync(string[] paths, ParseResult arguments, CancellationToken cancellationToken)
    {
        var served = paths.Select((path, i) =>
        {
            var model = TrainedModel.Load(path);
            return new ServedModel(arguments.GetValue(_name) ?? model.Name, (i + 1).ToString(CultureInfo.InvariantCulture), model, model.Inputs);
        }).ToList();
        await using var server = await V2Server.StartAsync(served, new V2ServerOptions { Port = arguments.GetValue(_port) }, cancellationToken).ConfigureAwait(false);
        return await StayAsync(server.Address, arguments, cancellationToken).ConfigureAwait(false);
    }

    static async Task<int> ServeLanguageModelAsync(string path, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(arguments.GetValue(_host), out var host))
        {
            throw new UserErrorException($"--host is '{arguments.GetValue(_host)}'; expected an address such as 127.0.0.1, or 0.0.0.0 for every network.");
        }

        using var model = path == LocalModelOptions.Tiny ? Transformer.Tiny() : Transformer.Load(path);
        var threads = arguments.GetValue(_threads);
        var options = new InferenceOptions
        {
            Threads = threads > 0 ? threads : Environment.ProcessorCount,
            MaxBatch = arguments.GetValue(_maxBatch),
            MaxQueue = arguments.GetValue(_maxQueue),
        };
        await using var engine = new InferenceEngine(model, options);
        var served = new ServedLanguageModel(arguments.GetValue(_name) ?? model.Name, model, engine);
        await using var server = await OpenAIServer.StartAsync(
            served, new OpenAIServerOptions { Host = host, Port = arguments.GetValue(_port) }, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return await StayAsync(server.Address, arguments, cancellationToken).ConfigureAwait(false);
    }

    static async Task<int> StayAsync(Uri address, ParseResult arguments, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync(address.ToString().AsMemory(), cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_untilStdinCloses))
        {
            await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return CommandLine.Done;
        }

        await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        return CommandLine.Done;
    }
}
