using System.Text;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

public class TokenStreamTests
{
    [Fact]
    public void A_character_appears_with_its_last_token()
    {
        var stream = new TokenStream(Tokenizers.Of());
        var texts = Encoding.UTF8.GetBytes("a😀é").Select(value => stream.Push(value));
        Assert.Equal(["a", "", "", "", "😀", "", "é"], texts);
        Assert.Equal("", stream.Flush());
    }

    [Fact]
    public void What_stays_incomplete_is_replaced()
    {
        var stream = new TokenStream(Tokenizers.Of());
        Assert.Equal("", stream.Push(0xF0) + stream.Push(0x9F));
        Assert.Equal("\uFFFDx", stream.Push('x'));
        Assert.Equal("", stream.Push(0xC3));
        Assert.Equal("\uFFFD", stream.Flush());
        Assert.Equal("y", stream.Push('y'));
    }

    [Fact]
    public void The_pieces_together_are_the_decoded_text()
    {
        var tokenizer = ModelFolder.Tiny.Tokenizer;
        var ids = tokenizer.Encode("<s>评论：这部电影很好。\nQuestion: 1 + 2 = 😀🎉</s>");
        var stream = new TokenStream(tokenizer);
        Assert.Equal(tokenizer.Decode(ids), string.Concat(ids.Select(stream.Push)) + stream.Flush());
    }
}
