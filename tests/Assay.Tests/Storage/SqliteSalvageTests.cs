using Assay.Models;
using Assay.Results;
using Assay.Storage;
using Record = Assay.Results.Record;

namespace Assay.Tests.Storage;

public sealed class SqliteSalvageTests : IDisposable
{
    const int PageSize = 8192;
    const byte TableLeaf = 0x0d;

    readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_sound_store_everything_is_saved()
    {
        await WriteAsync("1", 500);
        await WriteAsync("2", 3);
        var saved = await SalvageAsync();
        Assert.Equal([("1", 500), ("2", 3)], saved.Select(run => (run.Summary.Header.Id, run.Records.Count)));
        Assert.Equal("{}", saved[0].Report);
    }

    // Pages full of records, in the midst and the last; what is on them is lost, and nothing else.
    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.6, 4)]
    [InlineData(1, 1)]
    public async Task What_lies_around_damaged_pages_is_saved_and_no_record_is_wrong(double place, int pages)
    {
        await WriteAsync("1", 2_000);
        DamagePages(TableLeaf, place, pages);
        Assert.NotEmpty(await new SqliteRunStore(_folder.Store, TimeProvider.System).CheckAsync(Token).ToListAsync(Token));
        var (_, _, records) = (await SalvageAsync()).Single();
        Assert.InRange(records.Count, 2_000 - (pages * 12), 1_999);
        Assert.All(records, record => Assert.Equal(RecordJson.Serialize(Sample(int.Parse(record.Id, System.Globalization.CultureInfo.InvariantCulture))), RecordJson.Serialize(record)));
        Assert.Equal(records.Count, records.DistinctBy(record => record.Id).Count());
    }

    [Fact]
    public async Task A_record_with_another_checksum_is_left_out()
    {
        await WriteAsync("1", 10);
        var bytes = await File.ReadAllBytesAsync(_folder.Store, Token);
        var at = bytes.AsSpan().IndexOf("\"id\":\"7\""u8);
        bytes[at + 6] = (byte)'9';
        await File.WriteAllBytesAsync(_folder.Store, bytes, Token);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 8, 9], (await SalvageAsync()).Single().Records.Select(record => int.Parse(record.Id, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Any_damage_gives_an_error_or_what_is_sound()
    {
        await WriteAsync("1", 300);
        var sound = await File.ReadAllBytesAsync(_folder.Store, Token);
        var random = new SeededRandom(4);
        for (var time = 0; time < 40; time++)
        {
            var bytes = sound.ToArray();
            for (var i = 0; i < 60; i++)
            {
                bytes[100 + random.Next(bytes.Length - 100)] = (byte)random.Next(256);
            }

            await File.WriteAllBytesAsync(_folder.Store, bytes, Token);
            try
            {
                Assert.All((await SalvageAsync()).SelectMany(run => run.Records), record => Assert.Equal(new string('x', 700), record.Output));
            }
            catch (UserErrorException)
            {
                // The page that says where everything is was hit.
            }
        }
    }

    [Fact]
    public async Task What_is_no_store_is_said()
    {
        await File.WriteAllTextAsync(_folder.Store, new string('x', 10_000), Token);
        Assert.Contains("is not a run store", (await Assert.ThrowsAsync<UserErrorException>(SalvageAsync)).Message, StringComparison.Ordinal);
    }

    static Record Sample(int i) => new() { Id = $"{i}", Stage = "evaluate", Model = "m", Output = new string('x', 700), Outcome = Outcome.Ok };

    async Task WriteAsync(string id, int records)
    {
        var header = new RunHeader { Id = id, Name = "n", Command = "run", Started = DateTimeOffset.UnixEpoch, Seed = 1, Spec = "s", AssayVersion = "0.1.0", Environment = "e" };
        await using var log = await new SqliteRunStore(_folder.Store, TimeProvider.System).BeginAsync(header, Token);
        for (var i = 0; i < records; i++)
        {
            await log.AppendAsync(Sample(i), Token);
        }

        await log.CompleteAsync(new RunCompletion(RunState.Done, null, DateTimeOffset.UnixEpoch, "{}"), Token);
    }

    async Task<List<(RunSummary Summary, string? Report, List<Record> Records)>> SalvageAsync()
    {
        var saved = new List<(RunSummary, string?, List<Record>)>();
        await SqliteRunStore.SalvageAsync(_folder.Store, async run => saved.Add((run.Summary, run.ReportJson, await run.Records.ToListAsync(Token))));
        return saved;
    }

    void DamagePages(byte kind, double place, int count)
    {
        var bytes = File.ReadAllBytes(_folder.Store);
        int[] pages = [.. Enumerable.Range(1, (bytes.Length / PageSize) - 1).Where(page => bytes[page * PageSize] == kind && bytes.AsSpan(page * PageSize, PageSize).IndexOf("\"output\""u8) > 0)];
        var first = (int)((pages.Length - count) * place);
        foreach (var page in pages[first..(first + count)])
        {
            bytes.AsSpan(page * PageSize, PageSize).Fill(0x5a);
        }

        File.WriteAllBytes(_folder.Store, bytes);
    }
}
