using System.Text;
using System.Text.Json.Nodes;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

public class TokenizerErrorTests
{
    public static TheoryData<string, string, string> Parts { get; } = new()
    {
        { "model", """{"type":"Unigram","vocab":[]}""", "'model' is Unigram" },
        { "model", """{"type":"WordPiece","vocab":{}}""", "'model' is WordPiece" },
        { "model", """{"type":"BPE","continuing_subword_prefix":"##","vocab":{},"merges":[]}""", "'model.continuing_subword_prefix' is ##" },
        { "model", """{"type":"BPE","vocab":{},"merges":[]}""", "the token 'Ā' is not in the vocabulary" },
        { "pre_tokenizer", """{"type":"Metaspace","replacement":"▁"}""", "'pre_tokenizer' is Metaspace" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"ByteLevel"},{"type":"Digits"}]}""", "'pre_tokenizer' is Digits after ByteLevel" },
        { "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"[[:alpha:]]"},"behavior":"Isolated","invert":false}""", "'pre_tokenizer.pattern' is '[[:alpha:]]'" },
        { "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"\\p{Klingon}"},"behavior":"Isolated","invert":false}""", "'pre_tokenizer.pattern' is '\\p{Klingon}'" },
        { "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"a"},"behavior":"Sideways","invert":false}""", "'pre_tokenizer.behavior' is 'Sideways'" },
        { "normalizer", """{"type":"NFKC"}""", "'normalizer' is NFKC" },
        { "post_processor", """{"type":"RobertaProcessing"}""", "'post_processor' is RobertaProcessing" },
        { "decoder", """{"type":"WordPiece"}""", "'decoder' is WordPiece" },
        { "added_tokens", """[{"id":-4,"content":"xx"}]""", "has the number -4" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_that_is_not_supported_is_named(string part, string json, string message) =>
        Assert.StartsWith("tokenizer.json: ", Refused(() => Tokenizers.Of(change: file => file[part] = JsonNode.Parse(json)), message), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\": {\"type\": \"BPE\"")]
    public void A_damaged_file_is_a_user_error(string json) =>
        Refused(() => Tokenizer.Parse(Encoding.UTF8.GetBytes(json), "t/tokenizer.json"), "t/tokenizer.json: the file is no whole JSON file");

    [Fact]
    public void A_file_without_a_model_is_a_user_error() =>
        Refused(() => Tokenizer.Parse("{}"u8.ToArray(), "tokenizer.json"), "'model' is missing");

    [Fact]
    public void A_missing_file_is_a_user_error() => Refused(() => Tokenizer.Load("/nowhere/tokenizer.json"), "/nowhere/tokenizer.json: the file cannot be read");

    [Fact]
    public void A_merge_of_unknown_tokens_is_a_user_error()
    {
        Refused(() => Tokenizers.Of(change: file => file["model"]!["merges"] = new JsonArray("q z")), "the token 'qz' is not in the vocabulary");
        Refused(() => Tokenizers.Of(change: file => file["model"]!["merges"] = new JsonArray("qz")), "is no pair of tokens");
    }

    static string Refused(Func<object> load, string message)
    {
        var error = Assert.Throws<UserErrorException>(load);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
