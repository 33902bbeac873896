using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>One of some values without an order, each as likely at first.</summary>
/// <param name="Name">As of <see cref="SearchParameter"/>.</param>
/// <param name="Values">At least one, all different.</param>
public sealed record Choice(string Name, ImmutableArray<ParameterValue> Values) : SearchParameter(Name)
{
    internal override NumericRange? Range => null;

    internal override long? Count => Values.Length;

    internal override ParameterValue At(long place) => Values[(int)place];

    internal override ParameterValue Draw(SeededRandom random) => Values[random.Next(Values.Length)];

    internal override JsonObject Describe() => new() { ["kind"] = "choice", ["values"] = ToJson(Values) };

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (Values.IsDefaultOrEmpty)
        {
            yield return $"'{Name}' has no values to choose from. It needs at least one. List them.";
            yield break;
        }

        foreach (var twice in Values.CountBy(value => value).Where(value => value.Value > 1))
        {
            yield return $"'{Name}' may be {twice.Key} {twice.Value} times over. Its values must differ. Remove the others.";
        }

        foreach (var value in Values.Where(value => value.Text is null && !double.IsFinite(value.Number)))
        {
            yield return $"'{Name}' may be {value}. It must be a finite number or a text. Change it.";
        }
    }

    internal static JsonArray ToJson(ImmutableArray<ParameterValue> values) => [.. values.Select(ToJson)];

    internal static JsonNode ToJson(ParameterValue value) => value.Text is { } text ? JsonValue.Create(text) : JsonValue.Create(value.Number);
}
