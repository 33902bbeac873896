namespace Assay.Web.Simulation.Requests;

/// <summary>The endpoints that make something.</summary>
enum AskKind
{
    Chat,
    Completion,
    Response,
    Embedding,
}
