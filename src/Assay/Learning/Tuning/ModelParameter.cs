using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>A part of the options of one kind of model that a study may set, by the name that it has in specs.</summary>
public sealed class ModelParameter
{
    readonly Func<object, ParameterValue?> _read;
    readonly Func<object, ParameterValue, object> _write;
    readonly Type _model;

    ModelParameter(string name, ParameterKind kind, ImmutableArray<string> names, Type model, Func<object, ParameterValue?> read, Func<object, ParameterValue, object> write)
    {
        (Name, Kind, Names, _model, _read, _write) = (name, kind, names, model, read, write);
    }

    /// <summary>As in a search space.</summary>
    public string Name { get; }

    /// <summary>What it may be set to.</summary>
    public ParameterKind Kind { get; }

    /// <summary>The names it knows; empty unless <see cref="ParameterKind.Name"/>.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>A number of a kind of model's options.</summary>
    /// <param name="name">As in a search space.</param>
    /// <param name="kind">What it may be set to.</param>
    /// <param name="read">What the options have; null where they have no such number.</param>
    /// <param name="write">The options with another one.</param>
    public static ModelParameter Number<TModel>(string name, ParameterKind kind, Func<TModel, double?> read, Func<TModel, double, TModel> write)
        where TModel : class =>
        new(name, kind, [], typeof(TModel), model => read((TModel)model) is { } number ? new ParameterValue(number) : default(ParameterValue?), (model, value) => write((TModel)model, value.Number));

    /// <summary>A name in a kind of model's options.</summary>
    /// <param name="name">As in a search space.</param>
    /// <param name="names">What it may be set to.</param>
    /// <param name="read">What the options have; null where they have no such name.</param>
    /// <param name="write">The options with another one.</param>
    public static ModelParameter Text<TModel>(string name, ImmutableArray<string> names, Func<TModel, string?> read, Func<TModel, string, TModel> write)
        where TModel : class =>
        new(name, ParameterKind.Name, names, typeof(TModel), model => read((TModel)model) is { } text ? new ParameterValue(text) : default(ParameterValue?), (model, value) => write((TModel)model, value.Text!));

    internal bool IsOf(object model) => _model.IsInstanceOfType(model);

    internal ParameterValue? Read(object model) => _read(model);

    internal object Write(object model, ParameterValue value) => _write(model, value);

    internal IEnumerable<string> Problems(SearchParameter parameter)
    {
        ParameterValue[] ends = parameter switch
        {
            Choice choice => choice.Values.IsDefault ? [] : [.. choice.Values],
            { Range: { } range } => [range.Low, range.High],
            _ => [],
        };
        var wrong = ends.Where(value => !Takes(value)).ToArray();
        if (wrong.Length > 0)
        {
            yield return $"'{Name}' may be {string.Join(" or ", wrong)}. It must be {Expected}. Change it.";
        }
        else if (Kind == ParameterKind.Whole && parameter.Range is { } range && (range.Step is not { } step || step != Math.Round(step)))
        {
            yield return $"'{Name}' is searched over all numbers of a range. It must be a whole number. Search whole numbers.";
        }
    }

    string Expected => Kind switch
    {
        ParameterKind.Positive => "a number above 0",
        ParameterKind.Whole => "a whole number from 1 to 2147483647",
        ParameterKind.NonNegative => "a number from 0",
        ParameterKind.Share => "a number from 0, below 1",
        ParameterKind.Name => $"one of {string.Join(", ", Names)}",
        _ => throw new InvalidOperationException($"There is no kind {Kind}."),
    };

    bool Takes(ParameterValue value) => Kind switch
    {
        ParameterKind.Positive => value.Number > 0 && double.IsFinite(value.Number),
        ParameterKind.Whole => value.Number is >= 1 and <= int.MaxValue && value.Number == Math.Round(value.Number),
        ParameterKind.NonNegative => value.Number >= 0 && double.IsFinite(value.Number),
        ParameterKind.Share => value.Number is >= 0 and < 1,
        ParameterKind.Name => value.Text is { } text && Names.Contains(text),
        _ => throw new InvalidOperationException($"There is no kind {Kind}."),
    };
}
