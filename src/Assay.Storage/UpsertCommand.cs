using Assay.Results;
using Microsoft.Data.Sqlite;

namespace Assay.Storage;

/// <summary>What the table records holds of a record: its key, and all of it as JSON.</summary>
readonly record struct RecordRow(string Stage, string Task, string Model, string Filter, string Id, int Repeat, string Json)
{
    public static RecordRow Of(Record record) =>
        new(record.Stage, record.Task ?? "", record.Model, record.Filter ?? "", record.Id, record.Repeat ?? 0, RecordJson.Serialize(record));
}

/// <summary>The one prepared statement through which a run's records go.</summary>
sealed class UpsertCommand : IDisposable
{
    static readonly string[] _columns = ["$stage", "$task", "$model", "$filter", "$id", "$repeat", "$json"];
    readonly SqliteCommand _command;
    readonly SqliteParameter[] _values;

    public UpsertCommand(SqliteConnection connection, long run)
    {
        _command = SqlFile.Command(connection, "upsert-record", ("$run", run));
        _values = [.. _columns.Select(name => _command.Parameters.Add(name, name == "$repeat" ? SqliteType.Integer : SqliteType.Text))];
        _command.Prepare();
    }

    public void Execute(in RecordRow row)
    {
        _values[0].Value = row.Stage;
        _values[1].Value = row.Task;
        _values[2].Value = row.Model;
        _values[3].Value = row.Filter;
        _values[4].Value = row.Id;
        _values[5].Value = row.Repeat;
        _values[6].Value = row.Json;
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}
