using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary><c>POST /tokenize</c> and <c>/detokenize</c> in vLLM's form.</summary>
sealed class TokenEndpoint(ServedLanguageModel model)
{
    public Task TokenizeAsync(HttpContext context, RequestFields fields)
    {
        var tokenizer = model.Model.Tokenizer;
        if (fields.Find("prompt") is null && fields.Find("messages") is null)
        {
            throw ApiProblem.Wrong("prompt", "'prompt' is missing; expected a text, or 'messages'.");
        }

        var tokens = fields.Text("prompt") is { } text
            ? tokenizer.Encode(text, fields.Flag("add_special_tokens", true))
            : tokenizer.Encode(Prompts.Chat(fields, model), fields.Flag("add_special_tokens"));
        var withTexts = fields.Flag("return_token_strs");
        return ApiJson.WriteAsync(context, 200, writer =>
        {
            writer.WriteNumber("count", tokens.Length);
            writer.WriteNumber("max_model_len", model.Engine.ContextLength);
            writer.WriteStartArray("tokens");
            foreach (var token in tokens)
            {
                writer.WriteNumberValue(token);
            }

            writer.WriteEndArray();
            if (!withTexts)
            {
                writer.WriteNull("token_strs");
                return;
            }

            writer.WriteStartArray("token_strs");
            foreach (var token in tokens)
            {
                writer.WriteStringValue(tokenizer.TokenText(token));
            }

            writer.WriteEndArray();
        });
    }

    public Task DetokenizeAsync(HttpContext context, RequestFields fields)
    {
        if (fields.Find("tokens") is not { ValueKind: JsonValueKind.Array } list)
        {
            throw fields.Find("tokens") is { } other ? fields.Wrong("tokens", other, "a list of token ids") : ApiProblem.Wrong("tokens", "'tokens' is missing; expected a list of token ids.");
        }

        var text = model.Model.Tokenizer.Decode(Prompts.Ids(list, "tokens", model.Model.Tokenizer).AsSpan(), skipSpecial: false);
        return ApiJson.WriteAsync(context, 200, writer => writer.WriteString("prompt", text));
    }
}
