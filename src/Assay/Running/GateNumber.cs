namespace Assay.Running;

/// <summary>A number in a condition.</summary>
abstract record GateNumber
{
    public abstract GateNumbers Find(GateFacts facts);

    public abstract IEnumerable<GateReference> References { get; }
}

/// <summary>As written.</summary>
sealed record GateConstant(double Value) : GateNumber
{
    public override IEnumerable<GateReference> References => [];

    public override GateNumbers Find(GateFacts facts) => new([Value], null);
}

/// <summary>Measured.</summary>
sealed record GateMeasured(GateReference Reference) : GateNumber
{
    public override IEnumerable<GateReference> References => [Reference];

    public override GateNumbers Find(GateFacts facts) => Reference.Find(facts);
}

/// <summary>Two numbers added, subtracted, multiplied or divided. Only one of them may be several.</summary>
sealed record GateArithmetic(GateNumber Left, char Symbol, GateNumber Right) : GateNumber
{
    public override IEnumerable<GateReference> References => Left.References.Concat(Right.References);

    public override GateNumbers Find(GateFacts facts)
    {
        var (left, right) = (Left.Find(facts), Right.Find(facts));
        if ((left.Reason ?? right.Reason) is { } reason)
        {
            return GateNumbers.None(reason);
        }

        if (left.Values.Length > 1 && right.Values.Length > 1)
        {
            return GateNumbers.None($"'{Symbol}' stands between several numbers on both sides ({left.Values.Length} and {right.Values.Length}); add a task, model or filter");
        }

        double[] values = [.. left.Values.SelectMany(_ => right.Values, Of)];
        return values.All(double.IsFinite) ? new GateNumbers([.. values], null) : GateNumbers.None("it divides by 0");
    }

    double Of(double a, double b) => Symbol switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        _ => a / b,
    };
}
