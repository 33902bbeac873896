using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary>Loads a task file and what it includes: a shallow merge in which a later include wins over an earlier one, and the file itself over both.</summary>
sealed class YamlSource(ICollection<TaskProblem> problems)
{
    readonly List<string> _open = [];

    /// <summary>The merged entries; empty after a problem.</summary>
    public OrderedDictionary<string, YamlEntry> Load(string path)
    {
        var merged = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        if (Parse(path) is not { } root)
        {
            return merged;
        }

        _open.Add(Path.GetFullPath(path));
        var own = YamlEntry.Of(root, path).ToList();
        foreach (var include in own.Where(entry => entry.Key == "include"))
        {
            foreach (var entry in Included(include).SelectMany(file => Load(file).Values))
            {
                merged[entry.Key] = entry;
            }
        }

        foreach (var entry in own.Where(entry => entry.Key != "include"))
        {
            merged[entry.Key] = entry;
        }

        _open.RemoveAt(_open.Count - 1);
        return merged;
    }

    IEnumerable<string> Included(YamlEntry include)
    {
        foreach (var item in include.Resolved as IReadOnlyList<object?> ?? [include.Resolved])
        {
            if (item is not string name)
            {
                problems.Add(include.Expected("the path of a file, or a list of such"));
                continue;
            }

            var path = Path.Combine(Path.GetDirectoryName(include.File) ?? "", name);
            if (_open.Contains(Path.GetFullPath(path)))
            {
                problems.Add(include.Problem($"'include: {name}' closes a cycle: {string.Join(" includes ", [.. _open.Select(Path.GetFileName), name])}. Remove one of them."));
            }
            else if (!File.Exists(path))
            {
                problems.Add(include.Problem($"'include: {name}' names no file; looked for {path}. Paths are relative to the file that includes."));
            }
            else
            {
                yield return path;
            }
        }
    }

    YamlMappingNode? Parse(string path)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            if (LenientYaml.Load(reader).Documents is [{ RootNode: YamlMappingNode root }, ..])
            {
                return root;
            }

            problems.Add(new TaskProblem(path, 1, "the file holds no keys; expected a task: a mapping with 'task', 'doc_to_text', ..."));
        }
        catch (YamlException problem)
        {
            problems.Add(new TaskProblem(path, (int)problem.Start.Line, $"broken YAML: {problem.Message.TrimEnd('.')}. Mend the line."));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add(new TaskProblem(path, 1, $"the file cannot be read: {problem.Message}"));
        }

        return null;
    }
}
