using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>A parameter takes part only where another one has one of some values.</summary>
/// <param name="Parent">The name of a choice that stands before in the space. Where it takes no part itself, the condition does not hold.</param>
/// <param name="Values">At least one, each among the parent's.</param>
public sealed record Condition(string Parent, ImmutableArray<ParameterValue> Values)
{
    internal bool Holds(IReadOnlyDictionary<string, ParameterValue> setting) => setting.TryGetValue(Parent, out var value) && Values.Contains(value);

    internal JsonObject Describe() => new() { ["parent"] = Parent, ["values"] = Choice.ToJson(Values) };

    internal IEnumerable<string> Problems(string name, IReadOnlyList<SearchParameter> before)
    {
        var parents = before.OfType<Choice>().ToArray();
        if (parents.FirstOrDefault(parameter => parameter.Name == Parent) is not { } parent)
        {
            var known = parents.Length == 0 ? "No choice stands before it" : $"Before it stand: {string.Join(", ", parents.Select(choice => choice.Name))}";
            yield return $"'{name}' depends on '{Parent}'. {known}; a condition needs a choice that stands before.{NearestName.Hint(Parent, parents.Select(choice => choice.Name))} Name one, or move it.";
            yield break;
        }

        if (Values.IsDefaultOrEmpty)
        {
            yield return $"'{name}' depends on '{Parent}' having one of no values. It needs at least one. List them.";
        }

        foreach (var value in Values.IsDefault ? [] : Values.Where(value => parent.Values.IsDefault || !parent.Values.Contains(value)))
        {
            yield return $"'{name}' depends on '{Parent}' being {value}, which it never is. Its values are: {string.Join(", ", parent.Values.IsDefault ? [] : parent.Values)}. Name one of them.";
        }
    }
}
