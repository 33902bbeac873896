namespace Assay.Reporting;

static class GateText
{
    /// <summary>What was found: the value, and why it does not hold.</summary>
    public static string Of(GateSection gate) => (gate.Value, gate.Reason) switch
    {
        (null, { } reason) => reason,
        ({ } value, null) => $"the value is {NumberText.Number(value)}",
        ({ } value, { } reason) => $"the value is {NumberText.Number(value)}: {reason}",
        (null, null) => "no value",
    };
}
