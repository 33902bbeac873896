namespace Assay.Tasks.Templates;

/// <summary>The global functions of a template.</summary>
static class TemplateFunctions
{
    // A template has no use for more; without a bound range(10**12) would take the memory of the machine.
    const int LongestRange = 1_000_000;

    public static Callable? Find(string name) => name switch
    {
        "namespace" => new Callable(name, arguments => new NamespaceValue(arguments.Named)),
        "range" => new Callable(name, Range),
        _ => null,
    };

    static List<object?> Range(Arguments arguments)
    {
        var values = arguments.Bind(1, ("start", null), ("stop", null), ("step", 1L));
        var (start, stop) = values[1] is null
            ? (0L, PythonNumber.Integer(values[0], "range"))
            : (PythonNumber.Integer(values[0], "range"), PythonNumber.Integer(values[1], "range"));
        var step = PythonNumber.Integer(values[2], "range");
        if (step == 0)
        {
            throw new TemplateFault("the step of range() is 0");
        }

        var items = new List<object?>();
        for (var i = start; step > 0 ? i < stop : i > stop; i += step)
        {
            items.Add(items.Count < LongestRange ? i : throw new TemplateFault($"range() is longer than {LongestRange}"));
        }

        return items;
    }
}
