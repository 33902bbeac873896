using System.Text;
using System.Text.Json.Nodes;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Load.Traces;

namespace Assay.Tests.Load.Payloads;

public class PromptsTests
{
    static readonly OpenAIBody _chat = new() { Protocol = LoadProtocol.Chat, Model = "m" };

    [Theory]
    [InlineData("512", 512, 0)]
    [InlineData("uniform:100-300", 200, 58.02)]
    [InlineData("normal:512,64", 512, 64)]
    [InlineData("lognormal:300,0.5", 339.94, 181.17)]
    public void Lengths_have_the_asked_mean_and_deviation(string text, double mean, double deviation)
    {
        // Uniform: sqrt((201^2 - 1) / 12); log-normal: median * exp(s^2 / 2), times sqrt(exp(s^2) - 1).
        var random = new SeededRandom(1);
        var lengths = TokenLengths.Parse(text)!;
        double[] drawn = [.. Enumerable.Range(0, 40_000).Select(_ => (double)lengths.Draw(random))];
        Assert.Equal(text, lengths.Description);

        // Five standard errors of the mean; of the deviation, whose relative one is below 0.011 (log-normal: kurtosis 8.9), five too.
        Assert.Equal(mean, drawn.Average(), (5 * deviation / 200) + 1e-9);
        Assert.Equal(deviation, Math.Sqrt(drawn.Average(length => Math.Pow(length - drawn.Average(), 2))), (0.055 * deviation) + 1e-9);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("uniform:3-2")]
    [InlineData("normal:5")]
    [InlineData("gauss:5,1")]
    [InlineData("lognormal:5,-1")]
    [InlineData("")]
    public void Lengths_that_make_no_sense_are_not_read(string text) => Assert.Null(TokenLengths.Parse(text));

    [Fact]
    public void Made_up_prompts_have_their_length_share_their_beginnings_and_nothing_else()
    {
        var prompts = new SyntheticPrompts { Input = TokenLengths.Parse("uniform:20-40")!, Output = TokenLengths.Constant(9), Prefixes = 3, PrefixTokens = 50, Seed = 5 };
        string[][] words = [.. Enumerable.Range(0, 300).Select(index => Words(prompts.Of(index)))];
        Assert.All(words, text => Assert.InRange(text.Length, 70, 90));
        Assert.Equal(3, words.Select(text => string.Join(' ', text[..50])).Distinct().Count());
        Assert.Equal(300, words.Select(text => string.Join(' ', text[50..58])).Distinct().Count());
        Assert.Equal(9, prompts.Of(0).AnswerTokens);
        Assert.Equal(words[7], Words(prompts.Of(7)));
        Assert.NotEqual(words[7], Words((prompts with { Seed = 6 }).Of(7)));
    }

    [Fact]
    public void Blocks_with_equal_hash_ids_are_equal_texts_and_others_differ_from_their_first_words_on()
    {
        var trace = new Trace("t", [Request(1100, 4, 5, 6), Request(1536, 4, 5, 7), Request(200, 8), Request(30)]);
        var prompts = new TracePrompts(trace, 1);
        string[][] words = [.. Enumerable.Range(0, 4).Select(index => Words(prompts.Of(index)))];
        Assert.Equal([1100, 1536, 200, 30], words.Select(text => text.Length));
        Assert.Equal(words[0][..1024], words[1][..1024]);
        Assert.NotEqual(words[0][1024..1032], words[1][1024..1032]);
        Assert.NotEqual(words[0][..8], words[2][..8]);
        Assert.Equal(9, prompts.Of(0).AnswerTokens);

        // The trace begins again; a prompt without blocks is a new one even then.
        Assert.Equal(words[0], Words(prompts.Of(4)));
        Assert.NotEqual(words[3], Words(prompts.Of(7)));
        Assert.Equal(1536, Words(new TracePrompts(trace, 1) { WholeBlocks = true }.Of(0)).Length);
    }

    [Fact]
    public void Bodies_are_what_each_protocol_expects()
    {
        var prompt = new Prompt("say \"hé\""u8.ToArray(), 7);
        Assert.Equal(
            """{"model":"m","messages":[{"role":"user","content":"say \"hé\""}],"max_tokens":7,"temperature":0,"stream":true,"stream_options":{"include_usage":true}}""",
            Text(_chat.Write(prompt)));
        Assert.Equal(
            """{"model":"m","prompt":"say \"hé\"","max_tokens":7,"temperature":0,"ignore_eos":true}""",
            Text((_chat with { Protocol = LoadProtocol.Completions, Stream = false, ForceLength = true }).Write(prompt)));
        Assert.Equal(
            """{"model":"m","input":"say \"hé\"","max_output_tokens":64,"temperature":0,"stream":true}""",
            Text((_chat with { Protocol = LoadProtocol.Responses }).Write(prompt with { AnswerTokens = null })));
        Assert.Equal("""{"model":"m","input":"say \"hé\""}""", Text((_chat with { Protocol = LoadProtocol.Embeddings }).Write(prompt)));
        Assert.Null(_chat.Write(prompt).Tokens);
        Assert.Equal(7, (_chat with { ForceLength = true }).Write(prompt).Tokens);
    }

    [Fact]
    public void A_conversation_holds_the_services_answers_and_ends_after_its_turns()
    {
        var talks = new Conversations(_chat, index => new Prompt(Encoding.UTF8.GetBytes($"q{index}")), turns: 2, TimeSpan.FromSeconds(3), seed: 1);
        var second = talks.Next(4, ["yes"])!.Value;
        var messages = JsonNode.Parse(second.Request.Body.Span)!["messages"]!.AsArray();
        Assert.Equal(["user q8", "assistant yes", "user q9"], messages.Select(message => $"{message!["role"]} {message["content"]}"));
        Assert.Null(talks.Next(4, ["yes", "no"]));
        Assert.Equal(second.Think, talks.Next(4, ["other"])!.Value.Think);

        // Exponential: mean 3 s, standard error of 400 draws 0.15 s; four of them.
        Assert.InRange(Enumerable.Range(0, 400).Average(session => talks.Next(session, ["a"])!.Value.Think.TotalSeconds), 2.4, 3.6);
    }

    static TraceRequest Request(int tokens, params int[] hashes) => new(TimeSpan.Zero, tokens, 9, [.. hashes]);

    static string[] Words(Prompt prompt) => Encoding.UTF8.GetString(prompt.Text.Span).Split(' ');

    static string Text(LoadRequest request) => Encoding.UTF8.GetString(request.Body.Span);
}
