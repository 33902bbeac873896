namespace Assay.Web.Serving.OpenAI;

/// <summary>A request that cannot be answered, as the protocol tells it.</summary>
sealed class ApiProblem(int status, string type, string message, string? param = null, string? code = null) : Exception(message)
{
    public int Status => status;

    public string Type => type;

    /// <summary>The field that is to blame; null when it is none.</summary>
    public string? Param => param;

    public string? Code => code;

    /// <summary>When to come again; null when that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ApiProblem Wrong(string? param, string message, string? code = null) => new(400, "invalid_request_error", message, param, code);

    public static ApiProblem Of(Exception exception) => exception switch
    {
        ApiProblem problem => problem,
        UserErrorException wrong => Wrong(null, wrong.Message),
        _ => new ApiProblem(500, "server_error", $"The model failed: {exception.Message}", code: "internal_error"),
    };
}
