using Assay.Comparing;

namespace Assay.Running;

/// <summary>A condition's verdict.</summary>
/// <param name="Holds">False also when a number is missing.</param>
/// <param name="Value">The number that decided; null without one.</param>
/// <param name="Reason">Why it does not hold, when that is not plain from the value.</param>
readonly record struct GateVerdict(bool Holds, double? Value, string? Reason);

/// <summary>A condition, read.</summary>
abstract record GateExpression
{
    public abstract GateVerdict Judge(GateFacts facts);

    /// <summary>Every number it names.</summary>
    public abstract IEnumerable<GateReference> References { get; }
}

/// <summary>Both, or one of two, conditions.</summary>
sealed record GateJunction(bool IsAnd, GateExpression Left, GateExpression Right) : GateExpression
{
    public override IEnumerable<GateReference> References => Left.References.Concat(Right.References);

    // Told is the side that decides: the first that breaks an 'and', the first that makes an 'or' hold, else the right one.
    public override GateVerdict Judge(GateFacts facts)
    {
        var left = Left.Judge(facts);
        return left.Holds == IsAnd ? Right.Judge(facts) : left;
    }
}

/// <summary>The contrary of a condition. What is missing breaks both.</summary>
sealed record GateNegation(GateExpression Inner) : GateExpression
{
    public override IEnumerable<GateReference> References => Inner.References;

    public override GateVerdict Judge(GateFacts facts)
    {
        var inner = Inner.Judge(facts);
        return inner with { Holds = inner is { Holds: false, Value: not null } };
    }
}

/// <summary>Two numbers; where one side names several, the worst decides.</summary>
sealed record GateComparison(GateNumber Left, string Symbol, GateNumber Right) : GateExpression
{
    public override IEnumerable<GateReference> References => Left.References.Concat(Right.References);

    public override GateVerdict Judge(GateFacts facts)
    {
        var (left, right) = (Left.Find(facts), Right.Find(facts));
        if ((left.Reason ?? right.Reason) is { } reason)
        {
            return new GateVerdict(false, null, reason);
        }

        var pairs = left.Values.SelectMany(_ => right.Values, (a, b) => (A: a, B: b)).ToList();
        if (left.Values.Length > 1 && right.Values.Length > 1)
        {
            return new GateVerdict(false, null, $"both sides name several numbers ({left.Values.Length} and {right.Values.Length}); add a task, model or filter to one");
        }

        var (worst, _) = Symbol switch
        {
            "<=" or "<" => pairs.MaxBy(pair => pair.A - pair.B),
            "==" => pairs.Exists(pair => !Holds(pair)) ? pairs.Find(pair => !Holds(pair)) : pairs[0],
            _ => pairs.MinBy(pair => pair.A - pair.B),
        };
        return new GateVerdict(pairs.TrueForAll(Holds), worst, null);
    }

    bool Holds((double A, double B) pair) => Symbol switch
    {
        ">=" => pair.A >= pair.B,
        "<=" => pair.A <= pair.B,
        ">" => pair.A > pair.B,
        "<" => pair.A < pair.B,
        _ => pair.A == pair.B,
    };
}

/// <summary>Against the stored baseline, by the interval of the paired difference.</summary>
/// <param name="Reference">Which scores.</param>
/// <param name="IsBetter">True: better than the baseline by more than the margin; false: not worse by as much.</param>
/// <param name="Margin">Null: the baseline's own.</param>
sealed record GateAgainstBaseline(GateReference Reference, bool IsBetter, double? Margin) : GateExpression
{
    public override IEnumerable<GateReference> References => [Reference];

    public override GateVerdict Judge(GateFacts facts)
    {
        var rows = Reference.Compared(facts);
        if (rows.IsEmpty)
        {
            return new GateVerdict(false, null, facts.WhyNoBaseline ?? "nothing of that name was compared with the baseline");
        }

        if (rows.FirstOrDefault(row => row.Low is null) is { } open)
        {
            return new GateVerdict(false, open.Difference, open.Reason ?? "the difference has no interval");
        }

        var margin = Margin ?? (IsBetter ? 0 : facts.Margin ?? 0);
        var broken = rows.FirstOrDefault(row => !(IsBetter ? row.IsBetterBy(margin) : row.IsNotWorseBy(margin)));
        var told = broken ?? rows[0];
        return new GateVerdict(broken is null, told.Difference, broken is null ? null : Why(told));
    }

    static string Why(ScoreDifference row) => FormattableString.Invariant(
        $"the difference to the baseline is {row.Difference:+0.####;-0.####;0} [{row.Low:+0.####;-0.####;0}, {row.High:+0.####;-0.####;0}], of {row.N} {(row.IsPaired ? "pairs" : "samples")}");
}
