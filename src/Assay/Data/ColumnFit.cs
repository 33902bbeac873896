using System.Globalization;

namespace Assay.Data;

/// <summary>Takes one column of the training rows through the steps and remembers what was learnt.</summary>
sealed class ColumnFit(Column column)
{
    readonly List<FittedStep> _steps = [];
    Column _current = column;
    FittedColumn _fitted = new(new InputColumn(column.Name, column.Kind), [], null);

    public string Name => _fitted.Input.Name;

    public bool NeedsEncoding => !_current.IsNumeric && !IsEncoded;

    public FittedColumn ToFitted() => _fitted with { Steps = [.. _steps] };

    bool IsEncoded => _fitted.Categories is not null || _fitted.DateParts is not null;

    public void Take(PreparationStep step)
    {
        if (IsEncoded)
        {
            if (step.Columns.Names is not null)
            {
                throw Refused(step, _fitted.DateParts is null ? "is one-hot encoded already" : "is turned into date parts already", "Put one_hot and date_parts behind the other steps of a column.");
            }

            return;
        }

        switch (step)
        {
            case Impute impute:
                _fitted = impute.Indicator && _current.MissingCount > 0 ? _fitted with { MissingIndicator = true } : _fitted;
                Add(_current switch
                {
                    NumericColumn => new ImputedNumber(NumberFor(impute)),
                    CategoryColumn => new ImputedText(TextFor(impute)),
                    _ => throw Refused(impute, "holds dates or free text, which nothing fills", "Drop the rows, exclude the column, or read it as categories."),
                });
                break;
            case OneHot when _steps.Any(fitted => fitted is Standardized):
                throw Refused(step, "is standardized already", "Put one_hot before standardize.");
            case OneHot when _steps.Any(fitted => fitted is not (ImputedNumber or ImputedText or Clipped)):
                throw Refused(step, "is scaled or coded already", "Put one_hot before such steps, or leave it out.");
            case OneHot oneHot when _current is NumericColumn or CategoryColumn:
                _fitted = CategoryFit.OneHot(_fitted, _current, oneHot);
                break;
            case Ordinal ordinal when _current is NumericColumn or CategoryColumn:
                Add(new OrdinalCoded(ClassLabels.Of(_current).Classes, ordinal.Unknown));
                break;
            case DateParts parts when _current is DateColumn:
                _fitted = _fitted with { DateParts = parts.Parts };
                break;
            case DateParts:
                throw Refused(step, $"holds {(_current.IsNumeric ? "numbers" : "no dates")}", "Name date columns, or read it as dates by its type.");
            default:
                Add(ScaleFit.Of(step, Numbers(step)));
                break;
        }
    }

    double[] Numbers(PreparationStep step)
    {
        if (_current is not NumericColumn numeric)
        {
            throw Refused(step, _current.Kind == ColumnKind.Category ? "holds categories" : "holds no numbers", $"Use {{{StepText.NameOf(step)}: numeric}}, or name numeric columns.");
        }

        var values = numeric.Values.ToArray();
        return Array.TrueForAll(values, double.IsNaN) ? throw Empty(step) : values;
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
            return (_fitted.Input.Kind, impute.Constant?.ToUpperInvariant()) switch
            {
                (ColumnKind.Boolean, "TRUE") => 1,
                (ColumnKind.Boolean, "FALSE") => 0,
                (_, var text) when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
                _ => throw Refused(impute, $"holds numbers, and the constant is {Quoted(impute.Constant)}", "Give a number, or name the columns that the constant is for."),
            };
        }

        var present = Array.FindAll(((NumericColumn)_current).Values.ToArray(), value => !double.IsNaN(value));
        Array.Sort(present);
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
        new($"Column '{Name}' {why}; found in 'prepare', step {StepText.Of(step)}. {remedy}");
}
