using System.Globalization;

namespace Assay.Learning.Networks;

// Every epoch is on disk before the next one begins.
sealed class CsvLogFile
{
    readonly string _path;
    string[] _columns = [];

    public CsvLogFile(CsvLog options, IReadOnlyList<Epoch> before)
    {
        _path = options.Path;
        Write(() => File.WriteAllText(_path, ""));
        foreach (var epoch in before)
        {
            Append(epoch);
        }
    }

    public void Append(Epoch epoch)
    {
        if (_columns.Length == 0)
        {
            _columns = [.. Epoch.Monitors.Where(name => epoch.Monitored(name) is not null).Append("learning_rate").Order(StringComparer.Ordinal)];
            Write(() => File.AppendAllText(_path, $"epoch,{string.Join(',', _columns)}\n"));
        }

        var cells = _columns.Select(name => (epoch.Monitored(name) ?? epoch.LearningRate).ToString("R", CultureInfo.InvariantCulture));
        Write(() => File.AppendAllText(_path, string.Create(CultureInfo.InvariantCulture, $"{epoch.Number},{string.Join(',', cells)}\n")));
    }

    void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{_path}: the log cannot be written ({e.Message}) A file in a folder that exists and may be written is expected. Choose another place.", e);
        }
    }
}
