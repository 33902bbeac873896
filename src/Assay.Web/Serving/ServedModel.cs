using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;

namespace Assay.Web.Serving;

/// <summary>A model of a table and the name it is served under.</summary>
/// <param name="Name">Part of the path.</param>
/// <param name="Version">Part of the path; several versions of one name may be served.</param>
/// <param name="Predictor">Answers the requests, many at a time.</param>
/// <param name="Inputs">One input tensor each.</param>
public sealed record ServedModel(string Name, string Version, IPredictor Predictor, ImmutableArray<InputColumn> Inputs);
