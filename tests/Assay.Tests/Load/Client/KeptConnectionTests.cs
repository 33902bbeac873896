using System.Text;
using Assay.Load;

namespace Assay.Tests.Load.Client;

public class KeptConnectionTests
{
    [Theory]
    [InlineData(true, 30, 0)]
    [InlineData(false, 0, 30)]
    public async Task A_server_that_closes_after_each_answer_without_a_word_fails_nothing_and_one_that_never_answers_fails_all(bool answers, int ok, int failed)
    {
        // As llama.cpp's server does after a stream.
        await using var server = new PieceServer(_ => answers ? [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, "{}"))] : [], closes: true);
        var options = new LoadOptions { Arrivals = new ClosedLoop(2), Requests = 30 };
        var result = await LoadGenerator.RunAsync(new LoadTarget { Address = server.Address }, options, TimeProvider.System, null, TestContext.Current.CancellationToken);
        Assert.Equal((ok, failed), (result.Ok, result.Failed));
    }
}
