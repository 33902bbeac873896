using System.Globalization;

namespace Assay.Tasks.Templates;

/// <summary>What stands after <c>|</c>, with Jinja's argument names and defaults.</summary>
static class TemplateFilters
{
    static readonly Dictionary<string, Func<object?, Arguments, object?>> _filters = new(StringComparer.Ordinal)
    {
        ["capitalize"] = (value, _) => StringMethods.Capitalize(PythonText.Str(value)),
        ["count"] = (value, _) => PythonValue.Length(value),
        ["d"] = Default,
        ["default"] = Default,
        ["first"] = (value, _) => PythonValue.Items(value, "first") is [var first, ..] ? first : new Undefined("'first' of an empty list"),
        ["float"] = Float,
        ["int"] = Integer,
        ["join"] = Join,
        ["last"] = (value, _) => PythonValue.Items(value, "last") is [.., var last] ? last : new Undefined("'last' of an empty list"),
        ["length"] = (value, _) => PythonValue.Length(value),
        ["list"] = (value, _) => PythonValue.Items(value, "list").ToList(),
        ["lower"] = (value, _) => PythonText.Str(value).ToLowerInvariant(),
        ["map"] = Map,
        ["replace"] = Replace,
        ["round"] = Round,
        ["selectattr"] = SelectAttribute,
        ["string"] = (value, _) => PythonText.Str(value),
        ["title"] = (value, _) => StringMethods.Title(PythonText.Str(value)),
        ["tojson"] = (value, _) => PythonJson.Write(value),
        ["trim"] = (value, arguments) => PythonString.Trim(PythonText.Str(value), arguments.Bind(0, ("chars", null))[0] as string),
        ["upper"] = (value, _) => PythonText.Str(value).ToUpperInvariant(),
    };

    public static Func<object?, Arguments, object?>? Find(string name) => _filters.GetValueOrDefault(name);

    public static IEnumerable<string> Names => _filters.Keys;

    static object? Default(object? value, Arguments arguments)
    {
        var values = arguments.Bind(0, ("default_value", ""), ("boolean", false));
        return value is Undefined || (PythonValue.IsTrue(values[1]) && !PythonValue.IsTrue(value)) ? values[0] : value;
    }

    static object? Integer(object? value, Arguments arguments)
    {
        var values = arguments.Bind(0, ("default", 0L), ("base", 10L));
        if (!values[1]!.Equals(10L))
        {
            throw new TemplateFault("'int' is supported with base 10 only");
        }

        if (PythonNumber.TryInteger(value, out var integer))
        {
            return integer;
        }

        var text = value is string chars ? PythonString.Trim(chars) : "";
        var real = value is double number ? number : Parse(text);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : Math.Abs(real) < long.MaxValue ? (long)real
            : values[0];
    }

    static object? Float(object? value, Arguments arguments)
    {
        var fallback = arguments.Bind(0, ("default", 0.0))[0];
        var real = PythonNumber.TryDouble(value, out var number) ? number : value is string text ? Parse(PythonString.Trim(text)) : double.NaN;
        return double.IsNaN(real) && value is not double ? fallback : real;
    }

    static double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    static string Join(object? value, Arguments arguments)
    {
        var values = arguments.Bind(0, ("d", ""), ("attribute", null));
        var items = PythonValue.Items(value, "join").Select(item => values[1] is string name ? Field(item, name) : item);
        return string.Join(PythonText.Str(values[0]), items.Select(PythonText.Str));
    }

    static List<object?> Map(object? value, Arguments arguments)
    {
        var items = PythonValue.Items(value, "map");
        if (arguments.Named.TryGetValue("attribute", out var attribute))
        {
            var name = PythonText.Str(attribute);
            return [.. items.Select(item => Field(item, name) is var field && field is Undefined
                && arguments.Named.TryGetValue("default", out var fallback) ? fallback : field)];
        }

        if (arguments.Positional is not [string filter, ..] || Find(filter) is not { } apply)
        {
            throw new TemplateFault($"'map' needs attribute=NAME or the name of a filter; filters: {string.Join(", ", Names)}");
        }

        var rest = arguments with { Owner = filter, Positional = [.. arguments.Positional.Skip(1)] };
        return [.. items.Select(item => apply(item, rest))];
    }

    static List<object?> SelectAttribute(object? value, Arguments arguments)
    {
        var values = arguments.Bind(1, ("attribute", null), ("test", null), ("operand", null));
        var name = PythonText.Str(values[0]);
        return [.. PythonValue.Items(value, "selectattr").Where(item => Holds(Field(item, name), values[1], values[2]))];
    }

    static bool Holds(object? field, object? test, object? operand) => test switch
    {
        null => PythonValue.IsTrue(field),
        "equalto" or "eq" or "==" => PythonValue.AreEqual(field, operand),
        string name when TemplateTests.Find(name) is { } known => known(field),
        _ => throw new TemplateFault($"'selectattr' knows no test {PythonValue.Describe(test)}; known: equalto, {string.Join(", ", TemplateTests.Names)}"),
    };

    // Jinja's attribute lookup: the parts of a dotted name, whole numbers index.
    static object? Field(object? item, string path) => path.Split('.').Aggregate(item, (value, part) =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? PythonValue.Index(value, place)
            : PythonValue.Index(value, part));

    static string Replace(object? value, Arguments arguments)
    {
        var values = arguments.Bind(2, ("old", null), ("new", null), ("count", null));
        return StringMethods.Replace(
            PythonText.Str(value), PythonText.Str(values[0]), PythonText.Str(values[1]), values[2] is null ? -1 : PythonNumber.Integer(values[2], "replace"));
    }

    static object? Round(object? value, Arguments arguments)
    {
        var values = arguments.Bind(0, ("precision", 0L), ("method", "common"));
        var digits = (int)PythonNumber.Integer(values[0], "round");
        if (values[1] is "common")
        {
            return value is long ? value : PythonNumber.Round(Real(value), digits);
        }

        var scale = Math.Pow(10, digits);
        return values[1] switch
        {
            "ceil" => Math.Ceiling(Real(value) * scale) / scale,
            "floor" => Math.Floor(Real(value) * scale) / scale,
            _ => throw new TemplateFault("the method of 'round' is common, ceil or floor"),
        };
    }

    static double Real(object? value) =>
        PythonNumber.TryDouble(value, out var number) ? number : throw new TemplateFault($"'round' needs a number and got {PythonValue.Describe(value)}");
}
