namespace Assay.Results.Interchange;

/// <summary>Formats as users name them.</summary>
public static class LogNames
{
    static readonly (string Name, LogFormat Format)[] _names =
    [
        ("harness", LogFormat.Harness), ("inspect", LogFormat.Inspect), ("promptfoo", LogFormat.Promptfoo), ("csv", LogFormat.Csv), ("alpaca_eval", LogFormat.AlpacaEval), ("pandalm", LogFormat.PandaLm), ("vicuna", LogFormat.Vicuna),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. _names.Select(item => item.Name)];

    /// <summary>The name of a format.</summary>
    public static string Of(LogFormat format) => Array.Find(_names, item => item.Format == format).Name;

    /// <summary>The format of a name; null where there is none.</summary>
    public static LogFormat? Find(string name) => Array.FindIndex(_names, item => item.Name == name) is >= 0 and var place ? _names[place].Format : null;
}
