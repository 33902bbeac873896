using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Results;

/// <summary>
/// A run as one file of JSON lines: first the header, then a line a record as <see cref="RecordJson"/> has it, last the report with the number of records
/// and the SHA-256 of all bytes before that line, by which a file that was cut or changed is told.
/// </summary>
public static class RunFile
{
    /// <summary>Writes a run. Leaves the stream open.</summary>
    public static async Task WriteAsync(StoredRun run, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await WriteLineAsync(RunFileLine.First(run.Summary)).ConfigureAwait(false);
        var count = 0L;
        await foreach (var record in run.Records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            count++;
            await WriteLineAsync(RecordJson.SerializeToUtf8(record)).ConfigureAwait(false);
        }

        await WriteLineAsync(RunFileLine.Last(count, Convert.ToHexStringLower(hash.GetCurrentHash()), run.ReportJson)).ConfigureAwait(false);

        async ValueTask WriteLineAsync(byte[] line)
        {
            byte[] ended = [.. line, (byte)'\n'];
            hash.AppendData(ended);
            await output.WriteAsync(ended, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the run of a file. Its records are read from the file each time they are enumerated; its end is checked then.</summary>
    /// <exception cref="UserErrorException">It is no such file. Of its records: it was cut or changed, once all that can be read was given.</exception>
    public static async Task<StoredRun> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new UserErrorException($"There is no file '{path}'. Expected a run that 'assay runs export' wrote. Name that.");
        }

        RunSummary? summary = null;
        string? last = null;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            summary ??= RunFileLine.ReadFirst(line) ?? throw new UserErrorException(
                $"'{path}' is no exported run: its first line is no header that this version of Assay knows. Expected a file that 'assay runs export' wrote.");
            last = line;
        }

        return new StoredRun(summary ?? throw new UserErrorException($"'{path}' is empty. Expected a file that 'assay runs export' wrote."), RunFileLine.ReadLast(last!)?.Report, RecordsAsync(path, withTexts: true, CancellationToken.None))
        {
            Scores = RecordsAsync(path, withTexts: false, CancellationToken.None),
        };
    }

    static async IAsyncEnumerable<Record> RecordsAsync(string path, bool withTexts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = 0L;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (++number > 1 && RunFileLine.ReadLast(line) is { } last)
            {
                var isWhole = last.Records == number - 2 && last.Sha256 == Convert.ToHexStringLower(hash.GetCurrentHash());
                if (!isWhole)
                {
                    throw new UserErrorException($"{path}:{number}: the file was changed after it was written: {number - 2} records where {last.Records} were, or other ones. Export the run again.");
                }

                yield break;
            }

            var bytes = Encoding.UTF8.GetBytes(line);
            hash.AppendData(bytes);
            hash.AppendData("\n"u8);
            if (number > 1)
            {
                yield return Parse(path, number, bytes, withTexts);
            }
        }

        throw new UserErrorException($"{path}:{number}: the file ends early: its last line is missing, and records may be. Export the run again.");
    }

    static Record Parse(string path, long number, byte[] line, bool withTexts)
    {
        try
        {
            return withTexts ? RecordJson.Parse(line) : RecordJson.ParseWithoutTexts(line);
        }
        catch (UserErrorException e)
        {
            throw new UserErrorException($"{path}:{number}: {e.Message}", e);
        }
    }
}
