using System.CommandLine;
using System.Globalization;
using Assay.Learning;
using Assay.Web.Serving;

namespace Assay.Cli;

/// <summary><c>assay serve</c>: trained models over HTTP on loopback.</summary>
static class ServeCommand
{
    static readonly Option<string[]> _models = new("--model") { Description = "a model file; given several times, they are versions 1, 2, ...", Required = true };
    static readonly Option<string?> _name = new("--name") { Description = "the model's name on the wire (default: as trained)" };
    static readonly Option<int> _port = new("--port") { Description = "port on 127.0.0.1; 0 takes a free one" };
    static readonly Option<bool> _untilStdinCloses = new("--until-stdin-closes") { Description = "end when standard input closes", Hidden = true };

    public static Command Create()
    {
        var command = new Command(
            "serve", "Serves trained models by the open inference protocol V2 on loopback.\n\nExample:\n  assay serve --model assay-out/model.assay --port 8080")
        {
            _models, _name, _port, _untilStdinCloses,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var served = arguments.GetRequiredValue(_models).Select((path, i) =>
        {
            var model = TrainedModel.Load(path);
            return new ServedModel(arguments.GetValue(_name) ?? model.Name, (i + 1).ToString(CultureInfo.InvariantCulture), model, model.Inputs);
        }).ToList();
        await using var server = await V2Server.StartAsync(served, new V2ServerOptions { Port = arguments.GetValue(_port) }, cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(server.Address.ToString().AsMemory(), cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_untilStdinCloses))
        {
            await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return CommandLine.Done;
        }

        await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        return CommandLine.Done;
    }
}
