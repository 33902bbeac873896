using System.Diagnostics;
using Npgsql;

namespace Assay.Tests.Storage;

/// <summary>A real PostgreSQL (eng/postgres.sh), started by the first test that asks and ended with the last.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Password = "not-to-be-seen";

    readonly Lock _gate = new();
    Process? _process;
    string? _address;
    int _databases;

    /// <summary>The address, password included, of a new empty database; the test is skipped where there can be no server.</summary>
    public string MakeDatabase()
    {
        lock (_gate)
        {
            _address ??= Start();
            var name = $"test{++_databases}";
            Execute(_address, $"CREATE DATABASE {name}");
            return _address.Replace("/postgres", $"/{name}", StringComparison.Ordinal);
        }
    }

    public static object? Execute(string address, string sql)
    {
        var uri = new Uri(address);
        using var connection = new NpgsqlConnection(
            $"Host={uri.Host};Port={uri.Port};Username=assay;Password={Password};Database={uri.AbsolutePath[1..]};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            NpgsqlConnection.ClearAllPools();
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }

    string Start()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("skipped: eng/postgres.sh is for Linux");
        }

        var start = new ProcessStartInfo(Repository.PathOf("eng", "postgres.sh"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASSAY_POSTGRES_PASSWORD"] = Password },
        };
        _process = Process.Start(start)!;
        var address = _process.StandardOutput.ReadLine();
        if (address is null)
        {
            Assert.Skip($"skipped: {_process.StandardError.ReadToEnd().Trim()}");
        }

        return address.Replace("assay@", $"assay:{Password}@", StringComparison.Ordinal);
    }
}

/// <summary>Tests that share the one server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
