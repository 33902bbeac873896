using Assay.Transformers;

namespace Assay.Tests.Transformers;

/// <summary>
/// Published templates (ChatTemplates/, without their tool branches); expected texts from jinja2 3.1.6 as transformers sets it up:
/// ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True), tools=None, documents=None.
/// </summary>
public class ChatTemplateTests
{
    static readonly ChatTurn[] _turns = [new("system", " Be brief. "), new("user", "Hi 😀 "), new("assistant", " Hello"), new("user", "2+2?")];

    public static TheoryData<string, bool, bool, string> Cases { get; } = new()
    {
        { "llama3", true, true, "<s><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi 😀<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n2+2?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n" },
        { "llama3", false, false, "<s><|start_header_id|>user<|end_header_id|>\n\nHi 😀<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n2+2?<|eot_id|>" },
        { "smollm", true, true, "<|im_start|>system\n Be brief. <|im_end|>\n<|im_start|>user\nHi 😀 <|im_end|>\n<|im_start|>assistant\n Hello<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n" },
        { "smollm", false, false, "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n<|im_start|>user\nHi 😀 <|im_end|>\n<|im_start|>assistant\n Hello<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n" },
        { "qwen25", true, true, "<|im_start|>system\n Be brief. <|im_end|>\n<|im_start|>user\nHi 😀 <|im_end|>\n<|im_start|>assistant\n Hello<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n" },
        { "qwen25", false, false, "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n<|im_start|>user\nHi 😀 <|im_end|>\n<|im_start|>assistant\n Hello<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n" },
        { "mistral3", true, true, "<s>[INST] Hi 😀 [/INST] Hello</s>[INST]  Be brief. \n\n2+2?[/INST]" },
        { "mistral3", false, false, "<s>[INST] Hi 😀 [/INST] Hello</s>[INST] 2+2?[/INST]" },
        { "llama32", true, true, "<s><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi 😀<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n2+2?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n" },
        { "llama32", false, false, "<s><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi 😀<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n2+2?<|eot_id|>" },
        { "blocks", true, true, "A ||    in 4\nB    \nu\n    \nu\n16 {\"b\": \"é<\", \"a\": [1, null, true]} False False False True\nend" },
        { "blocks", false, false, "A ||    in 3\nB  \nu\n    \nu\n8 {\"b\": \"é<\", \"a\": [1, null, true]} False False False True\nend" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_published_template_renders_as_transformers_renders_it(string name, bool system, bool open, string expected) =>
        Assert.Equal(expected, Published(name).Render(system ? _turns : _turns[1..], open));

    [Fact]
    public void The_date_comes_from_the_clock_that_is_given() =>
        Assert.Contains("Today Date: 01 Jan 1970\n", Published("llama32").Render(_turns, true, new FixedClock()), StringComparison.Ordinal);

    [Fact]
    public void The_tiny_template_joins_the_messages() =>
        Assert.Equal("<s>Question: 1 + 1 =\nAnswer: 2\n", ModelFolder.Tiny.ChatTemplate!.Render([new("user", "Question: 1 + 1 ="), new("assistant", "Answer: 2")], true));

    [Fact]
    public void A_conversation_that_the_template_refuses_is_a_user_error()
    {
        var error = Assert.Throws<UserErrorException>(() => Published("mistral3").Render([new("user", "a"), new("user", "b")], true));
        Assert.Contains("conversation roles must alternate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_that_is_not_supported_is_named()
    {
        var error = Assert.Throws<UserErrorException>(() => ChatTemplate.Parse("{% macro x() %}{% endmacro %}", "folder/chat_template.jinja"));
        Assert.Contains("'macro'", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("folder/chat_template.jinja: ", error.Message, StringComparison.Ordinal);
    }

    static ChatTemplate Published(string name) => ChatTemplate.Parse(
        File.ReadAllText(Repository.PathOf("tests", "Assay.Tests", "Transformers", "ChatTemplates", name + ".jinja")), name, "<s>", "</s>");

    sealed class FixedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
