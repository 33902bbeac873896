using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>How the parameters of a search become the options of a model. Open: a mapping of one's own may hold more parameters.</summary>
/// <param name="Parameters">Of all kinds of models; those of one model are set in this order.</param>
public sealed record ModelMapping(ImmutableArray<ModelParameter> Parameters)
{
    /// <summary>Of the models of this library.</summary>
    public static ModelMapping Standard { get; } = new([.. SequentialParameters.All]);

    /// <summary>The names that a study may search for such a model.</summary>
    public ImmutableArray<string> NamesFor(object model) => [.. Of(model).Select(parameter => parameter.Name)];

    /// <summary>The parameter of such a model by its name; null when it has none.</summary>
    public ModelParameter? Find(object model, string name) => Of(model).FirstOrDefault(parameter => parameter.Name == name);

    /// <summary>The options with the parameters of a trial in place of their own.</summary>
    /// <exception cref="UserErrorException">The model has no such parameter.</exception>
    public TModel Apply<TModel>(TModel model, ImmutableSortedDictionary<string, ParameterValue> setting)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting.Keys.Select(name => Unknown(model, name)).FirstOrDefault(problem => problem is not null) is { } unknown)
        {
            throw new UserErrorException(unknown);
        }

        return Of(model).Where(parameter => setting.ContainsKey(parameter.Name))
            .Aggregate(model, (options, parameter) => (TModel)parameter.Write(options, setting[parameter.Name]));
    }

    /// <summary>What the options have now of what is searched; without the parameters that they have none of, or several.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Default(object model, SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return Setting.Empty.AddRange(
            from searched in space.Parameters
            let value = Find(model, searched.Name)?.Read(model)
            where value is not null
            select KeyValuePair.Create(searched.Name, value.Value));
    }

    /// <summary>Parameters of the space that the model has not, or that may get values which it does not take.</summary>
    public ImmutableArray<string> Problems(object model, SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.Parameters.IsDefault ? [] :
            [.. space.Parameters.SelectMany(searched => Find(model, searched.Name)?.Problems(searched) ?? [Unknown(model, searched.Name)!])];
    }

    IEnumerable<ModelParameter> Of(object model) => Parameters.Where(parameter => parameter.IsOf(model));

    string? Unknown(object model, string name)
    {
        var known = NamesFor(model);
        return known.Contains(name) ? null : $"There is no parameter '{name}' to search.{NearestName.Hint(name, known)} Known are: {string.Join(", ", known)}.";
    }
}
