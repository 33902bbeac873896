using System.Diagnostics;
using System.Text.Json.Nodes;
using Assay.Tests.EndToEnd;
using Assay.Transformers;

namespace Assay.Tests.Web;

/// <summary>The npm package <c>openai</c> as the client: what it understands is the protocol.</summary>
public class NpmClientTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_npm_client_chats_streams_completes_and_understands_errors()
    {
        using var folder = new TemporaryFolder();
        await InstallAsync(folder.Path);
        await using var server = await TinyServer.StartAsync(new InferenceOptions { Threads = 1, MaxBatch = 2, MaxQueue = 2 });
        var (exit, output) = await RunAsync("node", folder.Path, Repository.PathOf("tests", "Assay.Tests", "Web", "openai-client.mjs"), new Uri(server.Address, "v1").ToString());
        Assert.True(exit == 0, output);
        var result = JsonNode.Parse(output)!;
        Assert.Equal("""["Answer: 42","stop",true]""", result["chat"]!.ToJsonString());
        Assert.Equal("""["assistant","Answer: 42","stop",true]""", result["stream"]!.ToJsonString());
        Assert.Equal("Question: 12 + 30 =\nAnswer: 42", (string)result["completion"]![0]!);
        Assert.Equal(" 5", (string)result["streamed"]!);
        Assert.Equal("""["tiny"]""", result["models"]!.ToJsonString());
        Assert.Equal("""["NotFoundError",404,"model_not_found","model"]""", result["unknown"]!.ToJsonString());
        Assert.Equal("""["BadRequestError",400,null,"temperature"]""", result["wrong"]!.ToJsonString());
        Assert.Equal("""["BadRequestError",400,"context_length_exceeded","prompt"]""", result["tooLong"]!.ToJsonString());
        Assert.Equal("""["RateLimitError",429,"rate_limit_exceeded",null]""", result["full"]!.ToJsonString());
        Assert.True((bool)result["aborted"]!);
    }

    static async Task InstallAsync(string folder)
    {
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private":true}""", Token);
            var (exit, output) = await RunAsync("npm", folder, "install", "--no-audit", "--no-fund", "--ignore-scripts", "openai@4");
            Assert.SkipUnless(exit == 0, $"skipped: npm could not install the package openai: {output}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("skipped: no npm");
        }
    }

    static async Task<(int Exit, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, process.ExitCode == 0 ? output : output + await errors);
    }
}
