using Assay.Tasks;

namespace Assay.Tests.Tasks;

public class TemplateTests
{
    static readonly Dictionary<string, object?> _nothing = [];

    [Fact]
    public void A_single_expression_gives_its_value_and_not_its_text()
    {
        Assert.Equal(new List<object?> { 1L, "a" }, Template.Parse("{{ [1, 'a'] }}").Evaluate(_nothing));
        Assert.Null(Template.Parse("{{ none }}").Evaluate(_nothing));
        Assert.Equal("None ", Template.Parse("{{ none }} ").Evaluate(_nothing));
    }

    [Fact]
    public void The_last_newline_and_the_lines_of_blocks_stay() =>
        Assert.Equal("a\n\nb\n\n", Template.Parse("a\n{% if true %}\nb\n{% endif %}\n").Render(_nothing));

    [Fact]
    public void A_name_set_in_a_loop_does_not_leave_it() =>
        Assert.Equal("0", Template.Parse("{% set x = 0 %}{% for i in [1, 2] %}{% set x = i %}{% endfor %}{{ x }}").Render(_nothing));

    [Fact]
    public void A_block_can_be_set() =>
        Assert.Equal("[a1]", Template.Parse("{% set x %}a{{ 1 }}{% endset %}[{{ x }}]").Render(_nothing));

    [Theory]
    [InlineData("{{ a", "t: at line 1, column 5 of the template: the end of the template; expected '}}'.")]
    [InlineData("x\n{{ 1 + }}", "t: at line 2, column 8 of the template: '}}' where a value was expected.")]
    [InlineData("{% if true %}a", "t: at line 1, column 15 of the template: the end of the template where {% endif %} was expected.")]
    [InlineData("{% macro a() %}", "t: at line 1, column 4 of the template: the statement 'macro'; supported: if, elif, else, endif, for, endfor, set, endset.")]
    [InlineData("{{ a ? b }}", "t: at line 1, column 6 of the template: '?' where an expression or an operator was expected.")]
    [InlineData("{# a", "t: at line 1, column 1 of the template: a comment '{#' that is not closed; expected '#}'.")]
    [InlineData("{{ 'a }}", "t: at line 1, column 4 of the template: a text that is not closed; expected '.")]
    public void A_wrong_template_is_refused_with_its_place(string source, string expected) =>
        Assert.Equal(expected, Assert.Throws<UserErrorException>(() => Template.Parse(source, "t")).Message);

    [Theory]
    [InlineData("{{ anser }}", "'anser' is not defined. Did you mean 'answer'? Known: answer")]
    [InlineData("{{ answer.missing }}", "has no 'missing'")]
    [InlineData("{{ answer | uper }}", "there is no filter 'uper'. Did you mean 'upper'?")]
    [InlineData("{{ answer is odd }}", "there is no test 'odd'")]
    [InlineData("{{ answer + 1 }}", "'+' does not go with 'x' (str) and 1 (int); '~' joins any values as text")]
    [InlineData("{{ 1 // 0 }}", "a division by zero")]
    [InlineData("{{ [1][3] }}", "the list of 1 has no item 3")]
    [InlineData("{{ 'b' if false }}", "there is no 'else'")]
    [InlineData("{{ answer.strip }}", "write strip(...)")]
    [InlineData("{{ 9223372036854775807 + 1 }}", "a whole number beyond 64 bits")]
    [InlineData("{{ answer.index('q') }}", "'q' is not in the text")]
    public void What_cannot_be_rendered_says_why(string source, string expected)
    {
        var values = new Dictionary<string, object?> { ["answer"] = "x" };
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => Template.Parse(source).Render(values)).Message, StringComparison.Ordinal);
    }

    // Python 3.11: repr of these floats.
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(123456789.0, "123456789.0")]
    [InlineData(1234567890123456.0, "1234567890123456.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001234, "1.234e-05")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.PositiveInfinity, "inf")]
    public void Floats_print_as_in_Python(double value, string expected) =>
        Assert.Equal(expected, Template.Parse("{{ x }}").Render(new Dictionary<string, object?> { ["x"] = value }));

    [Fact]
    public void Printed_lists_of_texts_read_back_as_targets()
    {
        var random = new SeededRandom(3);
        const string Alphabet = "ab'\"\\\n\t\0é\u00a0\u200b{}[],😀";
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var printed = Template.Parse("{{ [x] }}").Render(new Dictionary<string, object?> { ["x"] = text });
            Assert.Equal(new List<object?> { text }, Template.Parse($"{{{{ {printed} }}}}").Evaluate(_nothing));
        }
    }
}
