using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>What may change from trial to trial.</summary>
/// <param name="Parameters">At least one; those that others depend on stand before them.</param>
public sealed record SearchSpace(ImmutableArray<SearchParameter> Parameters)
{
    /// <summary>Everything that is wrong, one sentence each; empty when nothing is.</summary>
    public ImmutableArray<string> Problems()
    {
        if (Parameters.IsDefaultOrEmpty)
        {
            return ["The search space has no parameters. A study needs at least one. Add one."];
        }

        return
        [
            .. Parameters.CountBy(parameter => parameter.Name).Where(name => name.Value > 1)
                .Select(name => $"'{name.Key}' is searched {name.Value} times. Once is what is expected. Remove the others."),
            .. Parameters.SelectMany((parameter, i) => parameter.Problems().Concat(parameter.When?.Problems(parameter.Name, Parameters[..i]) ?? [])),
        ];
    }

    /// <summary>Every setting, the last parameter changing fastest; endless ranges have none.</summary>
    internal IEnumerable<ImmutableSortedDictionary<string, ParameterValue>> Settings() => Settings(Setting.Empty, 0);

    /// <summary>How many settings there are; null when they cannot be counted, or are more than a search could try.</summary>
    internal int? Count
    {
        get
        {
            const int Most = 100_000;
            if (Parameters.Any(parameter => parameter.Count is null or > Most))
            {
                return null;
            }

            var count = Settings().Take(Most + 1).Count();
            return count > Most ? null : count;
        }
    }

    /// <summary>A setting, its parameters drawn one by one, in order; those whose condition does not hold take no part.</summary>
    internal ImmutableSortedDictionary<string, ParameterValue> Fill(Func<SearchParameter, ParameterValue> value)
    {
        var setting = Setting.Empty.ToBuilder();
        foreach (var parameter in Parameters)
        {
            if (parameter.When?.Holds(setting) ?? true)
            {
                setting[parameter.Name] = value(parameter);
            }
        }

        return setting.ToImmutable();
    }

    IEnumerable<ImmutableSortedDictionary<string, ParameterValue>> Settings(ImmutableSortedDictionary<string, ParameterValue> before, int next)
    {
        if (next == Parameters.Length)
        {
            yield return before;
            yield break;
        }

        var parameter = Parameters[next];
        var takesPart = parameter.When?.Holds(before) ?? true;
        for (var place = 0L; place < (takesPart ? parameter.Count ?? 0 : 1); place++)
        {
            foreach (var setting in Settings(takesPart ? before.Add(parameter.Name, parameter.At(place)) : before, next + 1))
            {
                yield return setting;
            }
        }
    }
}
