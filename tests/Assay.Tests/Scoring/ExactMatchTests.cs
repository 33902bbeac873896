using System.Text.RegularExpressions;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Scoring;

public class ExactMatchTests
{
    static readonly ExactMatchOptions _gsm8k = new()
    {
        IgnoreCase = true,
        RegexesToIgnore = [new Regex(","), new Regex(@"\$"), new Regex("(?s).*#### "), new Regex(@"\.$")],
    };

    [Theory]
    [InlineData("18", "Janet sells\n9 eggs.\n#### 18", 1)]
    [InlineData("$1,800.", "#### 1800", 1)]
    [InlineData("1800.0", "#### 1800", 0)]
    [InlineData("18 ", "#### 18", 0)]
    [InlineData("", "#### 18", 0)]
    public void The_expressions_of_gsm8k_leave_the_number(string answer, string target, double expected) =>
        Assert.Equal(expected, ExactMatch.Score(answer, [target], _gsm8k));

    [Fact]
    public void Expressions_apply_in_their_order_and_before_the_case()
    {
        var options = new ExactMatchOptions { RegexesToIgnore = [new Regex("b"), new Regex("ac")], IgnoreCase = true };
        Assert.Equal("", ExactMatch.Normalize("abc", options));
        Assert.Equal("abc", ExactMatch.Normalize("aBc", options));
    }

    [Fact]
    public void Punctuation_is_the_32_marks_of_ASCII_and_numbers_its_10_digits()
    {
        const string Ascii = " !\"#$%&'()*+,-./0123456789:;<=>?@AZ[\\]^_`az{|}~";
        Assert.Equal(" 0123456789AZaz。٣", ExactMatch.Normalize(Ascii + "。٣", new ExactMatchOptions { IgnorePunctuation = true }));
        Assert.Equal("a٣", ExactMatch.Normalize("a1٣", new ExactMatchOptions { IgnoreNumbers = true }));
    }

    [Fact]
    public void Any_of_several_targets_counts_and_nothing_is_trimmed_by_itself()
    {
        Assert.Equal(1, ExactMatch.Score("b", ["a", "b"], new ExactMatchOptions()));
        Assert.Equal(0, ExactMatch.Score(" b", ["a", "b"], new ExactMatchOptions()));
        Assert.Equal(0, ExactMatch.Score("B", ["a", "b"], new ExactMatchOptions()));
        Assert.Equal(0, ExactMatch.Score("b", [], new ExactMatchOptions()));
    }
}
