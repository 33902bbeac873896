using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Web.Simulation.Faults;

/// <summary>Decides the fault of each request by its number and the seed alone; a request has one at most.</summary>
public sealed class FaultPlan
{
    readonly SeededRandom _random;

    /// <summary>The faults' rates may come to 1 together.</summary>
    /// <exception cref="UserErrorException">They come to more.</exception>
    public FaultPlan(ImmutableArray<Fault> faults, ulong seed)
    {
        var sum = faults.Sum(fault => fault.Rate);
        if (sum > 1 + 1e-9)
        {
            throw new UserErrorException($"The rates of the faults come to {sum.ToString(CultureInfo.InvariantCulture)}; expected 1 at most, for a request has one fault at most.");
        }

        (Faults, _random) = (faults, new SeededRandom(seed));
    }

    /// <summary>As given.</summary>
    public ImmutableArray<Fault> Faults { get; }

    /// <summary>The fault of a request, or null. Thread-safe.</summary>
    /// <param name="request">Its number, from 1.</param>
    public Fault? Decide(long request)
    {
        if (Faults.IsEmpty)
        {
            return null;
        }

        var drawn = _random.Derive((ulong)request).NextDouble();
        foreach (var fault in Faults)
        {
            drawn -= fault.Rate;
            if (drawn < 0)
            {
                return fault;
            }
        }

        return null;
    }
}
