using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Data;

/// <summary>Takes one column of the training rows through the steps and remembers what was learnt.</summary>
sealed class ColumnFit(Column raw)
{
    readonly List<FittedStep> _steps = [];
    readonly InputColumn _input = new(raw.Name, raw.Kind);
    Column _current = raw;
    ImmutableArray<string>? _categories;

    public string Name => _input.Name;

    public bool NeedsEncoding => _input.Kind == ColumnKind.Category && _categories is null;

    public FittedColumn ToFitted() => new(_input, [.. _steps], _categories);

    public void Take(PreparationStep step)
    {
        if (_categories is not null)
        {
            if (step.Columns.Names is not null)
            {
                throw Refused(step, "is one-hot encoded already", "Put one_hot behind the other steps of a column.");
            }

            return;
        }

        switch (step)
        {
            case Impute impute:
                Add(_current.IsNumeric ? new ImputedNumber(NumberFor(impute)) : new ImputedText(TextFor(impute)));
                break;
            case Standardize when _current is NumericColumn numeric:
                Add(numeric.MissingCount < numeric.Length ? Moments.Of(numeric.Values) : throw Empty(step));
                break;
            case Standardize:
                throw Refused(step, "holds categories", "Use {standardize: numeric}, or name numeric columns.");
            case OneHot when _steps.Any(fitted => fitted is Standardized):
                throw Refused(step, "is standardized already", "Put one_hot before standardize.");
            case OneHot:
                _categories = ClassLabels.Of(_current).Classes;
                break;
            default:
                throw new ArgumentException($"{step.GetType().Name} is not fitted.", nameof(step));
        }
    }

    void Add(FittedStep step)
    {
        _steps.Add(step);
        _current = step.ApplyTo(_current);
    }

    double NumberFor(Impute impute)
    {
        if (impute.Strategy == ImputeStrategy.Constant)
        {
            return (_input.Kind, impute.Constant?.ToUpperInvariant()) switch
            {
                (ColumnKind.Boolean, "TRUE") => 1,
                (ColumnKind.Boolean, "FALSE") => 0,
                (_, var text) when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
                _ => throw Refused(impute, $"holds numbers, and the constant is {Quoted(impute.Constant)}", "Give a number, or name the columns that the constant is for."),
            };
        }

        var present = ((NumericColumn)_current).Values.ToArray().Where(value => !double.IsNaN(value)).Order().ToArray();
        if (present.Length == 0)
        {
            throw Empty(impute);
        }

        return impute.Strategy switch
        {
            ImputeStrategy.Mean => Moments.Mean(present),
            ImputeStrategy.Median => (present[(present.Length - 1) / 2] + present[present.Length / 2]) / 2,
            ImputeStrategy.MostFrequent => MostFrequent(present),
            ImputeStrategy.Constant or _ => throw new ArgumentOutOfRangeException(nameof(impute)),
        };
    }

    string TextFor(Impute impute)
    {
        if (impute.Strategy == ImputeStrategy.Constant)
        {
            return impute.Constant ?? throw Refused(impute, "needs the constant, and there is none", "Give it: {impute: {constant: unknown}}.");
        }

        if (impute.Strategy != ImputeStrategy.MostFrequent)
        {
            throw Refused(impute, "holds categories, which have no mean or median", "Limit the step to numeric columns, or use most_frequent.");
        }

        var (classes, codes) = ClassLabels.Of(_current);
        return classes.IsEmpty ? throw Empty(impute) : classes[MostFrequent(codes.Where(code => code >= 0).Order())];
    }

    // MaxBy keeps the first of equals: the smallest.
    static T MostFrequent<T>(IEnumerable<T> sorted) where T : notnull => sorted.CountBy(value => value).MaxBy(pair => pair.Value).Key;

    static string Quoted(string? text) => text is null ? "absent" : $"'{text}'";

    UserErrorException Empty(PreparationStep step) =>
        Refused(step, "has no value at all in the training rows, so nothing can be learnt from it", "Exclude the column, or fill it with a constant first.");

    UserErrorException Refused(PreparationStep step, string why, string remedy) =>
        new($"Column '{Name}' {why}; found in 'prepare', step {Written(step)}. {remedy}");

    static string Written(PreparationStep step) => step switch
    {
        Impute { Strategy: ImputeStrategy.MostFrequent } => $"impute most_frequent of {step.Columns}",
        Impute impute => $"impute {impute.Strategy.ToString().ToLowerInvariant()} of {step.Columns}",
        Standardize => $"{{standardize: {step.Columns}}}",
        _ => $"{{one_hot: {step.Columns}}}",
    };
}
