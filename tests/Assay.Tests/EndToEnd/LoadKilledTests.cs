using System.Text;
using Assay.Load.Recording;
using Assay.Models;
using Assay.Tests.Load;
using Assay.Tests.Load.Client;

namespace Assay.Tests.EndToEnd;

public sealed class LoadKilledTests : IDisposable
{
    const int Chunks = 100;

    readonly string _folder = Directory.CreateTempSubdirectory("assay-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_killed_load_leaves_the_log_of_what_it_did()
    {
        // An answer takes some 400 bytes in the log: 1,000 of them are several blocks.
        var answer = Encoding.UTF8.GetBytes(FaultyServer.Reply(
            200,
            string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", Chunks))
            + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
            "text/event-stream"));
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var served = 0;
        await using var server = new PieceServer(_ =>
        {
            if (Interlocked.Increment(ref served) == 1_000)
            {
                enough.SetResult();
            }

            return [answer];
        });
        var address = $"{server.Address.GetLeftPart(UriPartial.Authority)}/v1";
        using var process = new AssayProcess(_folder, "load", address, "--model", "m", "--concurrency", "4", "--duration", "300s", "--prompt", "hello", "--log", "run.alog");
        await Task.WhenAny(enough.Task, process.ExitAsync());
        Assert.True(enough.Task.IsCompleted);
        process.Signal("KILL");
        await process.ExitAsync();

        var read = EventLog.Read(Path.Combine(_folder, "run.alog"));
        Assert.True(read.Cancelled);
        Assert.InRange(read.Exchanges.Count, 100, served);
        Assert.All(read.Exchanges, exchange => Assert.Equal((Outcome.Ok, Chunks), (exchange.Outcome, exchange.Events)));
        Assert.Equal(read.Exchanges.Count * (Chunks - 1L), read.Gaps.Count);
    }
}
