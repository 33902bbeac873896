namespace Assay.Web.Reporting;

/// <summary>Style sheets and scripts that pages hold within them.</summary>
static class EmbeddedText
{
    /// <summary>With line feeds alone: a browser hashes a script so.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
