namespace Assay.Tasks.Templates;

/// <summary>A method bound to its value, or a global function.</summary>
sealed record Callable(string Name, Func<Arguments, object?> Body);

/// <summary>The arguments of one call.</summary>
/// <param name="Owner">What is called, for messages.</param>
/// <param name="Positional">In order.</param>
/// <param name="Named">The <c>name=value</c> ones.</param>
sealed record Arguments(string Owner, IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    /// <summary>One value a parameter, its default where it was not given; the first <paramref name="required"/> must be given.</summary>
    public object?[] Bind(int required, params (string Name, object? Default)[] parameters)
    {
        if (Positional.Count > parameters.Length)
        {
            throw new TemplateFault($"'{Owner}' was given {Positional.Count} arguments and takes at most {parameters.Length}");
        }

        if (Named.Keys.FirstOrDefault(name => parameters.All(parameter => parameter.Name != name)) is { } unknown)
        {
            throw new TemplateFault($"'{Owner}' has no argument '{unknown}'; it takes {Names(parameters)}");
        }

        var values = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var value = i < Positional.Count ? Positional[i] : Named.GetValueOrDefault(parameters[i].Name, parameters[i].Default);
            var given = i < Positional.Count || Named.ContainsKey(parameters[i].Name);
            values[i] = given || i >= required
                ? value
                : throw new TemplateFault($"'{Owner}' needs the argument '{parameters[i].Name}'; it takes {Names(parameters)}");
        }

        return values;
    }

    static string Names((string Name, object? Default)[] parameters) =>
        parameters.Length == 0 ? "no arguments" : string.Join(", ", parameters.Select(parameter => parameter.Name));
}
