using Assay.Web.Simulation.Faults;
using Assay.Web.Simulation.Http;
using Assay.Web.Simulation.Requests;

namespace Assay.Web.Simulation.Replies;

/// <summary>One answer while it is made. Times are nanoseconds of the monotonic clock. One thread at a time works on it.</summary>
sealed class Answer(Connection connection)
{
    public const long Never = -1;

    public Connection Connection => connection;

    public Output Output => connection.Output;

    public long Number { get; init; }

    /// <summary>As the client named it, or the number.</summary>
    public required string RequestId { get; init; }

    public required Ask Ask { get; init; }

    public required ReplyForm Form { get; init; }

    public Fault? Fault { get; init; }

    public required int PromptTokens { get; init; }

    /// <summary>Tokens of the whole answer.</summary>
    public required int OutputTokens { get; init; }

    /// <summary>As a whole answer ends: <c>length</c> where the client's limit ended it.</summary>
    public required string FinishReason { get; init; }

    public required long Arrived { get; init; }

    public int CachedTokens { get; set; }

    /// <summary>Made, and not written yet.</summary>
    public int Pending { get; set; }

    public int Written { get; set; }

    public int Chunks { get; set; }

    /// <summary>The engine has made all.</summary>
    public bool IsMade { get; set; }

    /// <summary>Nothing is written while a fault holds it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Chunks in the output that the socket does not have yet.</summary>
    public int Unwritten { get; set; }

    /// <summary>When the tokens made last were due.</summary>
    public long LastDue { get; set; } = Never;

    /// <summary>Something of it is to be written in this round.</summary>
    public bool IsTouched { get; set; }

    /// <summary>A fault held it: what it has to say of the simulator's lateness is no fault of the simulator.</summary>
    public bool IsLate { get; set; }

    /// <summary>Its fault has happened.</summary>
    public bool IsFaultPast { get; set; }

    /// <summary>The role chunk and what stands before it are written.</summary>
    public bool IsBegun { get; set; }

    /// <summary>All is written that ever will be.</summary>
    public bool IsDone { get; set; }

    /// <summary>The connection is to be reset after what is written.</summary>
    public bool IsCut { get; set; }

    /// <summary>When the first tokens were due.</summary>
    public long FirstDue { get; set; } = Never;

    public long FirstWritten { get; set; } = Never;

    public long LastWritten { get; set; } = Never;

    /// <summary>How it ended.</summary>
    public string Outcome { get; set; } = "ok";

    /// <summary>Tokens that the usage tells.</summary>
    public int Usage => Fault?.Kind == FaultKind.WrongUsage ? (2 * Written) + 1 : Written;
}
