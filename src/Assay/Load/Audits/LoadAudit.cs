namespace Assay.Load.Audits;

/// <summary>One check of a run against itself.</summary>
/// <param name="Name">arrivals, schedule, conservation, little, tokens.</param>
/// <param name="Holds">Null when there is too little to tell, or nothing to check.</param>
/// <param name="IsFatal">When it does not hold, the numbers of the run are not to be used; else they are to be read with it in mind.</param>
/// <param name="Figures">What was compared, in one sentence.</param>
public sealed record LoadAudit(string Name, bool? Holds, bool IsFatal, string Figures);
