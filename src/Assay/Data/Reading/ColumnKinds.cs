namespace Assay.Data.Reading;

/// <summary>From what cells were seen to what the column is, and why.</summary>
static class ColumnKinds
{
    const int FewTexts = 50;

    /// <summary>
    /// Texts are free when more than half of them differ (Evidently's rule) and there are more than 50 different ones; else they are
    /// categories.
    /// </summary>
    /// <param name="plan">With all that was seen.</param>
    /// <param name="present">Cells with a value.</param>
    /// <param name="distinct">Different texts; only looked at for texts.</param>
    public static (ColumnKind Kind, string Reason) Of(ColumnPlan plan, long present, long distinct)
    {
        if (plan.Decided is { } decided)
        {
            return decided;
        }

        if (plan.Wanted is { } wanted)
        {
            return (Of(wanted), $"{Of(wanted).ToString().ToLowerInvariant()}: the type was given");
        }

        return OfSeen(plan.Seen, present, distinct);
    }

    static (ColumnKind Kind, string Reason) OfSeen(CellKinds seen, long present, long distinct)
    {
        var isWhole = (seen & ~(CellKinds.Integer | CellKinds.BigInteger)) == 0;
        return (seen & ~CellKinds.Numbers) == 0 || present == 0
            ? present == 0 ? (ColumnKind.Number, "number: there is no value at all")
            : isWhole ? (ColumnKind.Integer, $"integer: all {present} values are whole numbers")
            : (ColumnKind.Number, $"number: all {present} values are numbers")
            : seen == CellKinds.Boolean ? (ColumnKind.Boolean, $"boolean: all {present} values are true or false")
            : DateOrder.IsOne(seen) ? (ColumnKind.Date, $"date: all {present} values are dates{DateOrder.Describe(seen)}")
            : distinct > FewTexts && 2 * distinct > present ? (ColumnKind.Text, $"text: {distinct} of {present} values differ, more than half{Mixed(seen)}")
            : (ColumnKind.Category, $"category: {distinct} different texts in {present} values{Mixed(seen)}");
    }

    static string Mixed(CellKinds seen) => DateOrder.IsContradictory(seen) ? "; among them dates of several forms" : "";

    static ColumnKind Of(ColumnType type) => type switch
    {
        ColumnType.Float32 or ColumnType.Float64 => ColumnKind.Number,
        ColumnType.Int64 => ColumnKind.Integer,
        ColumnType.Boolean => ColumnKind.Boolean,
        ColumnType.Date => ColumnKind.Date,
        ColumnType.Category => ColumnKind.Category,
        ColumnType.Text or _ => ColumnKind.Text,
    };
}
