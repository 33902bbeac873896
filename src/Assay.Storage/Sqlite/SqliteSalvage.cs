using Assay.Results;
using Microsoft.Data.Sqlite;

namespace Assay.Storage.Sqlite;

/// <summary>Reads what can be read of a damaged file: rows one at a time, around the pages that SQLite refuses.</summary>
sealed class SqliteSalvage(SqliteConnection connection, SqliteDatabase database)
{
    // Places that are tried beyond the last record where nothing tells how many there were.
    const long Blind = 1_000_000;

    /// <summary>Every run of which the row, a part or a record can be read.</summary>
    public IEnumerable<StoredRun> Runs()
    {
        var count = new[] { Number("sqlite.salvage-last-run"), Number("sqlite.salvage-last-part"), Number("sqlite.salvage-last-record") }.Max() ?? 0;
        for (var run = 1L; run <= count; run++)
        {
            var row = Try(() => Row(run));
            var first = Records(run, row?.Summary.RecordCount).Take(1).ToList();
            if (row is not null || first.Count > 0)
            {
                var (number, expected) = (run, row?.Summary.RecordCount);
                var report = row is null ? null : Try(() => Report(number));
                yield return new StoredRun(row?.Summary ?? Nameless(run), report, Records(number, expected).ToAsyncEnumerable());
            }
        }
    }

    RunRow? Row(long run)
    {
        using var command = SqlFile.Command(connection, "sqlite.salvage-run", ("@number", run));
        using var reader = command.ExecuteReader();
        return reader.Read() ? RunRow.Read(reader, database, _ => false) : null;
    }

    string? Report(long run)
    {
        using var command = SqlFile.Command(connection, "select-report", ("@number", run));
        return command.ExecuteScalar() as string;
    }

    IEnumerable<Record> Records(long run, long? expected)
    {
        var after = RecordNumbers.Before(run);
        var last = Try(() => (long?)Last(run)) ?? (after + ((expected ?? Blind) * 2));
        using var select = new SqliteStatement(connection, "sqlite.select-records");
        while (after < last)
        {
            using var page = new RecordPage();
            var isDamaged = !TryRead(select, after, last, page);
            foreach (var (record, _) in page.Parse(withTexts: true))
            {
                if (record is not null)
                {
                    yield return record;
                }
            }

            after = page.Count > 0 ? page.Last : after;
            if (isDamaged)
            {
                after = Skip(select, after + 1, last);
            }
            else if (page.Count == 0)
            {
                yield break;
            }
        }
    }

    // The place before the next record that can be read.
    static long Skip(SqliteStatement select, long from, long last)
    {
        for (; from <= last; from++)
        {
            using var one = new RecordPage();
            if (TryRead(select, from - 1, from, one) && one.Count > 0)
            {
                return from - 1;
            }
        }

        return last;
    }

    static bool TryRead(SqliteStatement select, long after, long last, RecordPage page)
    {
        try
        {
            select.Bind(1, after);
            select.Bind(2, last);
            while (!page.IsFull && select.Step())
            {
                page.Add(select.Integer(0), select.IsNull(1) ? null : select.Integer(1), select.Text(2));
            }

            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
        finally
        {
            select.Reset();
        }
    }

    long Last(long run)
    {
        using var command = SqlFile.Command(connection, "select-last-record", ("@first", RecordNumbers.Before(run)), ("@last", RecordNumbers.Last(run)));
        return (long)command.ExecuteScalar()!;
    }

    long? Number(string statement) => Try(() =>
    {
        using var command = SqlFile.Command(connection, statement);
        return command.ExecuteScalar() as long?;
    });

    static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SqliteException or FormatException or ArgumentException)
        {
            return default;
        }
    }

    static RunSummary Nameless(long run) => new(
        new RunHeader
        {
            Id = $"salvaged-{run}",
            Name = "salvaged",
            Command = "salvage",
            Started = DateTimeOffset.UnixEpoch,
            Seed = 0,
            Spec = "",
            AssayVersion = "",
            Environment = "",
        },
        RunState.Interrupted, null, null, 0);
}
