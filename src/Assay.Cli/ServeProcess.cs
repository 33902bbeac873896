using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Assay.Learning;
using Assay.Models;
using Assay.Running;

namespace Assay.Cli;

/// <summary>
/// Serves models in a process of its own (<c>assay serve</c>), so that the CPU time and the memory measured are the service's alone
/// and the load generator's threads and garbage collections do not slow it. The child ends when its standard input closes, also
/// when this process is killed.
/// </summary>
sealed class ServeProcess : IModelHost
{
    public async Task<IHostedModel> StartAsync(string name, ImmutableArray<TrainedModel> versions, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("assay-serve-");
        try
        {
            var arguments = new List<string> { "serve", "--name", name, "--until-stdin-closes" };
            foreach (var (i, model) in versions.Index())
            {
                var path = Path.Combine(folder.FullName, $"{i + 1}.assay");
                model.Save(path);
                arguments.AddRange(["--model", path]);
            }

            return await StartAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The child has read its models before it says where it listens.
            folder.Delete(recursive: true);
        }
    }

    public async Task<IHostedModel> StartLanguageModelAsync(LocalModelOptions model, CancellationToken cancellationToken) => await StartAsync(
        ["serve", "--model", model.Path, "--name", model.Name, "--max-batch", Text(model.MaxBatch), "--threads", Text(model.Threads), "--until-stdin-closes"], cancellationToken).ConfigureAwait(false);

    /// <summary>Any command of Assay's that prints its address when it listens, and ends when its standard input closes.</summary>
    public static async Task<IHostedModel> StartCommandAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await StartAsync(arguments, cancellationToken).ConfigureAwait(false);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static async Task<Hosted> StartAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var process = Process.Start(StartInfo(arguments))!;
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return Uri.TryCreate(address, UriKind.Absolute, out var uri)
                ? new Hosted(process, uri)
                : throw new IOException($"the model server did not start: {(await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Trim()}");
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    // Started as 'dotnet Assay.Cli.dll' the process path is dotnet, started by its own host it is Assay.Cli.
    internal static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var self = Environment.ProcessPath!;
        var assembly = Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll");
        string[] prefix = Path.GetFileNameWithoutExtension(self) == "dotnet" ? ["exec", assembly] : [];
        return new ProcessStartInfo(self, [.. prefix, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    sealed class Hosted(Process process, Uri address) : IHostedModel
    {
        static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

        public Uri Address => address;

        public int ProcessId => process.Id;

        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync(CancellationToken.None).WaitAsync(_patience).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                process.Kill();
            }

            process.Dispose();
        }
    }
}
