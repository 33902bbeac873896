using System.Text.Json;
using Assay.Web.Serving.OpenAI;
using Assay.Web.Simulation.Requests;
using Assay.Web.Simulation.Truths;

namespace Assay.Web.Simulation.Http;

/// <summary>The paths of the simulator.</summary>
sealed class Endpoints(SimulatorOptions options, Generator generator, TruthLog log, long created)
{
    static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>False when the connection is of no more use.</summary>
    public async ValueTask<bool> AnswerAsync(Connection connection, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (KindOf(connection.Head) is { } kind)
            {
                return await generator.AnswerAsync(connection, kind, body).ConfigureAwait(false);
            }

            Plain(connection, body.Span);
        }
        catch (ApiProblem problem)
        {
            PlainReply.Problem(connection, problem.Status, problem);
        }

        return await connection.SendAsync().ConfigureAwait(false);
    }

    static AskKind? KindOf(in HttpHead head) => head.Method != "POST" ? null : head.Path switch
    {
        "/v1/chat/completions" => AskKind.Chat,
        "/v1/completions" => AskKind.Completion,
        "/v1/responses" => AskKind.Response,
        "/v1/embeddings" => AskKind.Embedding,
        _ => null,
    };

    void Plain(Connection connection, ReadOnlySpan<byte> body)
    {
        switch (connection.Head.Method, connection.Head.Path)
        {
            case (_, "/echo"):
                PlainReply.Bytes(connection, 200, PlainReply.JsonType, body);
                break;
            case ("GET", "/v1/models"):
                PlainReply.Json(connection, 200, WriteModels);
                break;
            case ("GET", "/metrics"):
                PlainReply.Bytes(connection, 200, PrometheusText.ContentType, System.Text.Encoding.UTF8.GetBytes(generator.Metrics()));
                break;
            case ("GET", "/truth"):
                log.Flush();
                PlainReply.Bytes(connection, 200, PlainReply.JsonType, JsonSerializer.SerializeToUtf8Bytes(log.Summary(generator.Counts), _json));
                break;
            case ("POST", "/truth/reset"):
                log.Reset(generator.Counts);
                PlainReply.Json(connection, 200, writer => writer.WriteString("status", "ok"));
                break;
            case ("HEAD", _):
            case ("GET", "/health"):
                PlainReply.Json(connection, 200, writer => writer.WriteString("status", "ok"));
                break;
            default:
                throw new ApiProblem(404, "invalid_request_error", $"There is no {connection.Head.Method} {connection.Head.Path}. Expected POST /v1/chat/completions, /v1/completions, "
                    + "/v1/responses, /v1/embeddings, /truth/reset, /echo or GET /v1/models, /health, /metrics, /truth.", code: "not_found");
        }
    }

    void WriteModels(Utf8JsonWriter writer)
    {
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        writer.WriteStartObject();
        writer.WriteString("id", options.Model);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", created);
        writer.WriteString("owned_by", "assay");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
