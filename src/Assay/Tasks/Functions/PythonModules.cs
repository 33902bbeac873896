using System.Collections.Concurrent;

namespace Assay.Tasks.Functions;

/// <summary>The Python files beside task files, each read once, and each function looked up once: hundreds of tasks share one. Thread-safe.</summary>
sealed class PythonModules
{
    readonly ConcurrentDictionary<string, PythonModule?> _modules = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Path, string Function), BuiltIn?> _functions = new();

    /// <summary>What stands here for a function of a file; null when nothing does, or the file cannot be read.</summary>
    public BuiltIn? BuiltIn(string path, string function) => _functions.GetOrAdd(
        (path, function), key => _modules.GetOrAdd(key.Path, Read) is { } module ? BuiltInCatalogue.Find(module, key.Function) : null);

    static PythonModule? Read(string path)
    {
        try
        {
            return File.Exists(path) ? new PythonModule(File.ReadAllText(path)) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
