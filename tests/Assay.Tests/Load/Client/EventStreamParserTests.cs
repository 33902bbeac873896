using System.Net.ServerSentEvents;
using System.Text;
using Assay.Load.Client;

namespace Assay.Tests.Load.Client;

public class EventStreamParserTests
{
    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data:a\r\rdata: b\r\n\r\n", "a|b")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData(": ping\n\ndata: a\n\n:\n\n", "a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data\n\n", "")]
    [InlineData("data:  two spaces\n\n", " two spaces")]
    [InlineData("id: 1\nretry: 3\nevent: x\ndata: a\n\n", "a")]
    [InlineData("dat: a\n\ndatab: b\n\ndata: c", "")]
    [InlineData("data: a\n", "")]
    public void Events_are_read_as_the_standard_says(string stream, string expected) =>
        Assert.Equal(expected, string.Join('|', Read(Encoding.UTF8.GetBytes(stream), [])));

    [Fact]
    public void An_event_is_there_with_the_carriage_return_of_its_blank_line()
    {
        var parser = new EventStreamParser();
        var piece = "data: a\r\n\r"u8;
        Assert.True(parser.TryRead(ref piece, out var data));
        Assert.Equal("a", Encoding.UTF8.GetString(data));
        piece = "\ndata: b\n\n"u8;
        Assert.True(parser.TryRead(ref piece, out data));
        Assert.Equal("b", Encoding.UTF8.GetString(data));
    }

    [Theory]
    [InlineData("event: error\ndata: {}\n\n")]
    [InlineData("error: {}\n\n")]
    public void Errors_are_told_by_name_or_field(string stream)
    {
        var parser = new EventStreamParser();
        ReadOnlySpan<byte> piece = Encoding.UTF8.GetBytes(stream + "data: fine\n\n");
        Assert.True(parser.TryRead(ref piece, out var data) && parser.IsError);
        Assert.Equal("{}", Encoding.UTF8.GetString(data));
        Assert.True(parser.TryRead(ref piece, out _) && !parser.IsError);
    }

    [Fact]
    public void A_line_without_end_is_bounded()
    {
        var parser = new EventStreamParser(1000);
        for (var i = 0; i < 100; i++)
        {
            var piece = "data: 0123456789"u8;
            Assert.False(parser.TryRead(ref piece, out _));
            Assert.True(piece.IsEmpty);
        }

        Assert.True(parser.IsTooLong);
        parser.Reset();
        var next = "data: a\n\n"u8;
        Assert.True(parser.TryRead(ref next, out _) && !parser.IsTooLong);
    }

    // Against the framework's reader, which differs only in that it knows no field 'error'.
    [Fact]
    public async Task However_the_bytes_are_cut_the_events_are_the_same()
    {
        var random = new SeededRandom(3);
        string[] parts = ["data: ", "data:", "data", "event: x", "id", ": c", "\n", "\r", "\r\n", "\n\n", "\r\r", "\r\n\r\n", "a", "é漢", "{\"k\": 1}", " ", ":"];
        for (var round = 0; round < 400; round++)
        {
            var text = (round % 5 == 0 ? "\uFEFF" : "") + string.Concat(Enumerable.Range(0, 1 + random.Next(40)).Select(_ => parts[random.Next(parts.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = Read(bytes, []);
            var cuts = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(bytes.Length + 1)).Order().ToArray();
            Assert.Equal(whole, Read(bytes, cuts));
            Assert.Equal(whole, Read(bytes, [.. Enumerable.Range(0, bytes.Length)]));
            Assert.Equal(await ReferenceAsync(bytes), whole);
        }
    }

    static async Task<List<string>> ReferenceAsync(byte[] bytes)
    {
        var events = new List<string>();
        using var stream = new MemoryStream(bytes);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add(item.Data);
        }

        return events;
    }

    static List<string> Read(byte[] bytes, int[] cuts)
    {
        var (parser, events, start) = (new EventStreamParser(), new List<string>(), 0);
        foreach (var end in cuts.Append(bytes.Length))
        {
            ReadOnlySpan<byte> piece = bytes.AsSpan(start..end);
            while (parser.TryRead(ref piece, out var data))
            {
                events.Add(Encoding.UTF8.GetString(data));
            }

            Assert.True(piece.IsEmpty);
            start = end;
        }

        return events;
    }
}
