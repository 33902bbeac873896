using System.Collections.Immutable;

namespace Assay.Load.Traces;

/// <summary>Reads the lines of a trace, whichever form it has.</summary>
static class TraceReader
{
    const string Expected = "Expected Azure's CSV (TIMESTAMP,ContextTokens,GeneratedTokens), BurstGPT's CSV (Timestamp,Model,Request tokens,Response tokens,...), "
        + "Mooncake's JSON lines (timestamp, input_length, output_length, hash_ids) or JSON lines with 'at' in seconds.";

    public static Trace Read(string path)
    {
        try
        {
            var requests = new List<TraceRequest>();
            var number = 0;
            Func<string, TraceRequest?>? read = null;
            var isFromFirst = true;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                if (read is null)
                {
                    (read, var isHeader, isFromFirst) = FormOf(line) ?? throw new UserErrorException($"{path}:{number}: this is no trace: '{Start(line)}'. {Expected}");
                    if (isHeader)
                    {
                        continue;
                    }
                }

                requests.Add(read(line) ?? throw new UserErrorException($"{path}:{number}: the line cannot be read: '{Start(line)}'. It must be like the others, its times and lengths numbers from 0. {Expected}"));
            }

            return requests.Count > 0
                ? new Trace(Path.GetFileName(path), Ordered(requests, isFromFirst))
                : throw new UserErrorException($"{path}: the trace has no requests. {Expected}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the trace cannot be read: {e.Message} {Expected}", e);
        }
    }

    static (Func<string, TraceRequest?> Read, bool IsHeader, bool IsFromFirst)? FormOf(string line) =>
        line.StartsWith('{') ? (TraceLine.OfJson, false, !TraceLine.HasAt(line))
        : TraceLine.CsvColumns(line) is { } columns ? (text => TraceLine.OfCsv(text, columns), true, true)
        : null;

    // Stable: of equal times the first line comes first.
    static ImmutableArray<TraceRequest> Ordered(List<TraceRequest> requests, bool isFromFirst)
    {
        var first = isFromFirst ? requests.Min(request => request.At) : TimeSpan.Zero;
        return [.. requests.Select(request => request with { At = request.At - first }).OrderBy(request => request.At)];
    }

    static string Start(string line) => line.Length > 60 ? $"{line[..60]}..." : line;
}
