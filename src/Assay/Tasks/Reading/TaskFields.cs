namespace Assay.Tasks.Reading;

/// <summary>Columns, templates and constants of a task file.</summary>
static class TaskFields
{
    /// <summary>Null when the key is absent, or wrong, which is a problem then.</summary>
    public static DocumentField? Field(FieldReader fields, string key)
    {
        if (fields.Find(key) is not { } entry)
        {
            return null;
        }

        return entry.Resolved switch
        {
            string source => Compile(fields, entry, source),
            IReadOnlyDictionary<string, object?> choices => DocumentField.Of(choices.Values.ToList()),
            var constant => DocumentField.Of(constant),
        };
    }

    static DocumentField? Compile(FieldReader fields, YamlEntry entry, string source)
    {
        var place = $"{entry.File}:{entry.Line}: ";
        try
        {
            return DocumentField.Parse(source, $"{place}'{entry.Key}'");
        }
        catch (UserErrorException problem)
        {
            fields.Problems.Add(entry.Problem(problem.Message[place.Length..]));
            return null;
        }
    }
}
