using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Web.Serving;

/// <summary>The paths of the protocol.</summary>
sealed class V2Routes(IReadOnlyList<ServedModel> models, V2ServerOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/health/live", context => V2Json.WriteAsync(context, 200, writer => writer.WriteBoolean("live", true)));
        routes.MapGet("/v2/health/ready", context => V2Json.WriteAsync(context, 200, writer => writer.WriteBoolean("ready", true)));
        routes.MapGet("/v2", context => V2Json.WriteAsync(context, 200, V2Description.WriteServer));
        foreach (var path in (string[])["/v2/models/{model}", "/v2/models/{model}/versions/{version}"])
        {
            routes.MapGet(path, context => WithModelAsync(context, DescribeAsync));
            routes.MapGet(path + "/ready", context => WithModelAsync(context, ReadyAsync));
            routes.MapPost(path + "/infer", context => WithModelAsync(context, InferAsync));
        }

        routes.MapFallback(context => V2Json.WriteErrorAsync(
            context, 404, $"There is no {context.Request.Method} {context.Request.Path}. Expected GET /v2/health/live, /v2/health/ready, /v2, "
            + "/v2/models/{model}[/versions/{version}][/ready] or POST /v2/models/{model}[/versions/{version}]/infer."));
    }

    Task WithModelAsync(HttpContext context, Func<HttpContext, ServedModel, Task> answer)
    {
        var name = Segment(context, "model");
        var version = Segment(context, "version");
        var found = models.FirstOrDefault(model => model.Name == name && (version is null || model.Version == version));
        if (found is not null)
        {
            return answer(context, found);
        }

        var known = models.Select(model => version is null ? model.Name : $"{model.Name} version {model.Version}").Distinct().ToArray();
        return V2Json.WriteErrorAsync(
            context, 404, $"There is no model '{name}'{(version is null ? "" : $" version '{version}'")}. Served: {string.Join(", ", known)}.");
    }

    // Routing leaves an escaped slash as it is, so that it does not part segments; in a name it is one.
    static string? Segment(HttpContext context, string key) =>
        (context.Request.RouteValues[key] as string)?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    Task DescribeAsync(HttpContext context, ServedModel model) => V2Json.WriteAsync(context, 200, writer => V2Description.WriteModel(
        writer, model, models.Where(other => other.Name == model.Name).Select(other => other.Version)));

    Task ReadyAsync(HttpContext context, ServedModel model) => V2Json.WriteAsync(context, 200, writer =>
    {
        writer.WriteString("name", model.Name);
        writer.WriteBoolean("ready", true);
    });

    async Task InferAsync(HttpContext context, ServedModel model)
    {
        try
        {
            if (await RequestBody.ReadAsync(context.Request, options.MaxBodyBytes).ConfigureAwait(false) is not { } body)
            {
                await V2Json.WriteErrorAsync(
                    context, 413, $"The body is longer than {options.MaxBodyBytes} bytes. Send fewer rows in a request.").ConfigureAwait(false);
                return;
            }

            var request = V2InferRequest.Read(body, model.Inputs, model.Predictor.Outputs.Kind);
            var answers = await model.Predictor.PredictAsync(request.Rows, context.RequestAborted).ConfigureAwait(false);
            V2InferReply.Check(answers, request.Rows.RowCount, model);
            await V2Json.WriteAsync(context, 200, writer => V2InferReply.Write(writer, model, request, answers)).ConfigureAwait(false);
        }
        catch (UserErrorException exception)
        {
            await V2Json.WriteErrorAsync(context, 400, exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer to.
        }
        catch (Exception exception) when (exception is not (BadHttpRequestException or IOException))
        {
            await V2Json.WriteErrorAsync(context, 500, $"Model '{model.Name}' failed: {exception.Message}").ConfigureAwait(false);
        }
    }
}
