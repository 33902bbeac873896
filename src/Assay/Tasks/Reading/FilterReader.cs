using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Assay.Tasks.Templates;

namespace Assay.Tasks.Reading;

/// <summary>The filter_list of a task.</summary>
static class FilterReader
{
    static readonly Dictionary<string, Func<YamlEntry, FieldReader, AnswerFilter?>> _filters = new(StringComparer.Ordinal)
    {
        ["regex"] = Regex,
        ["find_all"] = FindAll,
        ["take_first"] = (_, _) => new TakeFilter(1),
        ["take_first_k"] = (_, fields) => new TakeFilter((int)(fields.Integer("k", 1) ?? 1)),
        ["majority_vote"] = (_, _) => new MajorityFilter(),
        ["map"] = Map,
        ["multi_choice_regex"] = MultiChoice,
        ["remove_whitespace"] = (_, _) => EachFilter.RemoveWhitespace,
        ["lowercase"] = (_, _) => new EachFilter(text => text.ToLowerInvariant()),
        ["uppercase"] = (_, _) => new EachFilter(text => text.ToUpperInvariant()),
    };

    public static ImmutableArray<FilterPipeline> Read(FieldReader task)
    {
        var pipelines = ImmutableArray.CreateBuilder<FilterPipeline>();
        foreach (var (item, fields) in task.Mappings("filter_list"))
        {
            fields.Allow("a pipeline of filter_list", "name", "filter");
            var name = fields.Text("name");
            if (name is null || pipelines.Any(pipeline => pipeline.Name == name))
            {
                task.Problems.Add(item.Problem(name is null ? "a pipeline of filter_list has no 'name'." : $"there are two pipelines '{name}'; give each its own name."));
            }

            pipelines.Add(new FilterPipeline(name ?? "", Steps(item, name, fields)));
        }

        return pipelines.Count == 0 ? [FilterPipeline.None] : pipelines.ToImmutable();
    }

    static ImmutableArray<AnswerFilter> Steps(YamlEntry pipeline, string? name, FieldReader fields)
    {
        var functions = new List<string?>();
        var steps = ImmutableArray.CreateBuilder<AnswerFilter>();
        foreach (var (item, step) in fields.Mappings("filter"))
        {
            functions.Add(step.Text("function"));
            if (Step(item, step, functions[^1]) is { } filter)
            {
                steps.Add(filter);
            }
        }

        // The harness hands the next filter single characters after it, and the metric a list without it.
        if (functions.IndexOf("take_first") != functions.Count - 1)
        {
            fields.Problems.Add(pipeline.Problem($"the pipeline '{name}' must end with 'function: take_first', and have it nowhere else."));
        }

        return steps.ToImmutable();
    }

    static AnswerFilter? Step(YamlEntry item, FieldReader fields, string? function)
    {
        if (function is not null && _filters.TryGetValue(function, out var make))
        {
            fields.Allow($"the filter '{function}'", function switch
            {
                "regex" => ["function", "regex_pattern", "group_select", "fallback"],
                "find_all" => ["function", "regex_pattern", "join", "fallback"],
                "multi_choice_regex" => ["function", "regex_pattern", "group_select", "fallback", "ignore_case", "ignore_punctuation", "regexes_to_ignore"],
                "map" => ["function", "mapping_dict", "default_value"],
                "take_first_k" => ["function", "k"],
                _ => ["function"],
            });
            return make(item, fields);
        }

        fields.Problems.Add(item.Problem(
            $"the filter '{function}' is not supported.{NearestName.Hint(function ?? "", _filters.Keys)} Supported: {string.Join(", ", _filters.Keys)}."));
        return null;
    }

    static RegexFilter? Regex(YamlEntry item, FieldReader fields)
    {
        var pattern = fields.Text("regex_pattern") ?? @"#### (\-?[0-9\.\,]+)";
        var select = fields.Integer("group_select", int.MinValue) ?? 0;
        return Compile(fields.Find("regex_pattern") ?? item, pattern, fields.Problems) is { } regex
            ? new RegexFilter(regex, (int)select, fields.Scalar("fallback") ?? "[invalid]")
            : null;
    }

    // Assay's own; the harness has no filter of this name.
    static FindAllFilter? FindAll(YamlEntry item, FieldReader fields)
    {
        if (fields.Text("regex_pattern") is not { } pattern)
        {
            fields.Problems.Add(item.Problem("the filter 'find_all' needs 'regex_pattern', an expression."));
            return null;
        }

        return Compile(fields.Find("regex_pattern")!, pattern, fields.Problems) is { } regex
            ? new FindAllFilter(new RegexFilter(regex, 0, fields.Scalar("fallback") ?? "[invalid]"), fields.Text("join") ?? " ")
            : null;
    }

    static MultiChoiceFilter? MultiChoice(YamlEntry item, FieldReader fields) => Regex(item, fields) is { } regex
        ? new MultiChoiceFilter(regex)
        {
            IgnoreCase = fields.Flag("ignore_case", false),
            IgnorePunctuation = fields.Flag("ignore_punctuation", false),
            RegexesToIgnore = Expressions(fields, "regexes_to_ignore"),
        }
        : null;

    /// <summary>The expressions of a list; one that is wrong is a problem and left out.</summary>
    public static ImmutableArray<Regex> Expressions(FieldReader fields, string key) =>
        [.. (fields.Texts(key) ?? []).Select(pattern => Compile(fields.Find(key)!, pattern, fields.Problems)).OfType<Regex>()];

    static MapFilter Map(YamlEntry item, FieldReader fields)
    {
        var mapping = fields.Find("mapping_dict")?.Resolved as IReadOnlyDictionary<string, object?>;
        if (mapping is null)
        {
            fields.Problems.Add(item.Problem("the filter 'map' needs 'mapping_dict', a mapping of answers to texts."));
        }

        return new MapFilter(
            mapping?.ToDictionary(entry => entry.Key, entry => PythonText.Str(entry.Value), StringComparer.Ordinal) ?? [],
            fields.Scalar("default_value") ?? "None");
    }

    /// <summary>Null, and a problem, when the pattern is wrong.</summary>
    public static Regex? Compile(YamlEntry entry, string pattern, ICollection<TaskProblem> problems)
    {
        try
        {
            return PythonRegex.Compile(pattern);
        }
        catch (ArgumentException problem)
        {
            problems.Add(entry.Problem($"'{pattern}' is no regular expression: {problem.Message}"));
            return null;
        }
    }
}
