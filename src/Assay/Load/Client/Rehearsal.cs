namespace Assay.Load.Client;

/// <summary>Reads an answer nobody sent, so that the code is compiled before the first request is timed.</summary>
static class Rehearsal
{
    const int Times = 40;

    static ReadOnlySpan<byte> Head => "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8;

    static ReadOnlySpan<byte> Body =>
        "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_content\":null},\"finish_reason\":\"stop\"}],\"usage\":{\"completion_tokens\":1}}\n\ndata: [DONE]\n\n"u8;

    public static void Run(LoadTarget target)
    {
        var answer = new HttpAnswer(target with { Protocol = LoadProtocol.Chat });
        var gaps = new DurationHistogram();
        var table = new ExchangeTable();
        Span<byte> chunk = stackalloc byte[512];
        System.Buffers.Text.Utf8Formatter.TryFormat(Body.Length, chunk, out var digits, new System.Buffers.StandardFormat('x'));
        "\r\n"u8.CopyTo(chunk[digits..]);
        Body.CopyTo(chunk[(digits + 2)..]);
        "\r\n0\r\n\r\n"u8.CopyTo(chunk[(digits + 2 + Body.Length)..]);
        for (var i = 0; i < Times; i++)
        {
            answer.Begin(null, isHeadOnly: false);
            answer.Read(Head, TimeSpan.Zero);
            answer.Read(chunk[..(digits + 9 + Body.Length)], TimeSpan.Zero);
            var (outcome, reason) = answer.Reader.Judge();
            table.Append(answer.Reader.Describe(new Exchange(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, outcome, answer.Reader.Status, reason)));
            EventTimes.AddGaps(answer.Reader.Events, gaps);
        }
    }
}
