using Assay.Load.Client;

namespace Assay.Load;

/// <summary>Decides what is sent when.</summary>
interface ILoadLoop
{
    /// <summary>To the end of the last request.</summary>
    Task RunAsync();

    /// <summary>Called on the thread that read the answer, which must not wait.</summary>
    void OnEnded(in EndedRequest ended);
}
