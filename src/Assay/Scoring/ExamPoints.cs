namespace Assay.Scoring;

/// <summary>Marks of an exam's question with several parts. Source: the objective scoring of OpenLMLab/GAOKAO-Bench.</summary>
public static class ExamPoints
{
    /// <summary>
    /// The points of all parts, which white space separates. An answer with more or fewer parts than the target has none. Each part that is the
    /// target's gives <paramref name="each"/>; one that holds some of the target's letters and no other gives <paramref name="incomplete"/>.
    /// </summary>
    public static double Score(string answer, string target, double each, double incomplete = 0)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(target);
        var (given, wanted) = (answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), target.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return given.Length == wanted.Length ? given.Zip(wanted, (part, right) => OfPart(part, right, each, incomplete)).Sum() : 0;
    }

    static double OfPart(string part, string right, double each, double incomplete) =>
        part == right ? each
        : new HashSet<char>(part).IsProperSubsetOf(right) ? incomplete
        : 0;
}
