using System.Data.Common;
using System.Runtime.CompilerServices;
using Assay.Results;

namespace Assay.Storage;

/// <content>Looking after what is stored.</content>
public abstract partial class RunStore
{
    // What a comparison means by it is no tag.
    const string Passed = "passed";

    /// <inheritdoc/>
    public async ValueTask TagAsync(string id, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(remove);
        foreach (var tag in add.Where(tag => tag is "" or RunReference.Last or Passed || tag.Any(c => c == ':' || char.IsWhiteSpace(c) || char.IsControl(c))))
        {
            throw new UserErrorException($"'{tag}' is no tag: a run must be told by it. Expected a word without blanks and colons, other than 'last' and 'passed'. Name it so.");
        }

        await ChangeAsync([id], async (connection, rows) =>
        {
            foreach (var (statement, tag) in add.Select(tag => ("insert-tag", tag)).Concat(remove.Select(tag => ("delete-tag", tag))))
            {
                await SqlFile.ExecuteAsync(connection, statement, cancellationToken, ("@run", rows[0].Number), ("@tag", _database.Encode(tag))).ConfigureAwait(false);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        await ChangeAsync(ids, async (connection, rows) =>
        {
            if (rows.Find(row => row.Summary.State == RunState.Running) is { } busy)
            {
                throw new UserErrorException($"Run '{busy.Summary.Header.Id}' of '{Name}' cannot be deleted: a process is still writing it. Wait for it, or end it.");
            }

            foreach (var run in rows.Select(row => row.Number))
            {
                await SqlFile.ExecuteAsync(
                    connection, "delete-run", cancellationToken, ("@run", run), ("@first", RecordNumbers.Before(run)), ("@last", RecordNumbers.Last(run))).ConfigureAwait(false);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var damages = DamagesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            string damage;
            try
            {
                if (!await damages.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }

                damage = damages.Current;
            }
            catch (Exception e) when (_database.Explain(e) is { } error)
            {
                damage = error.Message;
            }

            yield return damage;
        }
    }

    // What ends the reading by a fault is told by the caller, which then finds no more here.
    async IAsyncEnumerable<string> DamagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await _database.FindAsync(cancellationToken).ConfigureAwait(false);
        if (connection is null)
        {
            yield break;
        }

        await foreach (var damage in _database.CheckAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            yield return damage;
        }

        foreach (var run in await RunRow.SelectAsync(_database, connection, null, cancellationToken).ConfigureAwait(false))
        {
            var count = 0L;
            await foreach (var (_, damage) in RecordStream.ReadAsync(_database, run.Number, withTexts: false, cancellationToken).ConfigureAwait(false))
            {
                count++;
                if (damage is not null)
                {
                    yield return $"Run '{run.Summary.Header.Id}': {damage}.";
                }
            }

            if (run.Summary.State != RunState.Running && count != run.Summary.RecordCount)
            {
                yield return $"Run '{run.Summary.Header.Id}' has {count} records and had {run.Summary.RecordCount} when it ended.";
            }
        }
    }

    async ValueTask ChangeAsync(IReadOnlyCollection<string> ids, Func<DbConnection, List<RunRow>, ValueTask> change, CancellationToken cancellationToken) => await GuardAsync(async () =>
    {
        await using var connection = await _database.FindAsync(cancellationToken).ConfigureAwait(false) ?? throw AreMissing(ids);
        await using (var transaction = await _database.BeginAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            var rows = await RunRow.SelectAsync(_database, connection, null, cancellationToken).ConfigureAwait(false);
            string[] missing = [.. ids.Where(id => !rows.Exists(row => row.Summary.Header.Id == id))];
            if (missing.Length > 0)
            {
                throw AreMissing(missing);
            }

            await change(connection, [.. ids.Distinct().Select(id => rows.First(row => row.Summary.Header.Id == id))]).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
        }

        await _database.ReclaimAsync(connection, cancellationToken).ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    UserErrorException AreMissing(IEnumerable<string> ids) => new(
        $"There is no run {string.Join(", ", ids.Select(id => $"'{id}'"))} in '{Name}'. Expected ids of stored runs. 'assay runs' lists them.");
}
