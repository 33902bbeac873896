using Assay.Tasks;

namespace Assay.Tests.Tasks;

/// <summary>Expected texts: jinja2 3.1.2, Environment(undefined=StrictUndefined, keep_trailing_newline=True), with <see cref="_values"/> as its names.</summary>
public class TemplateReferenceTests
{
    static readonly Dictionary<string, object?> _values = new()
    {
        ["name"] = "Ann",
        ["n"] = 7L,
        ["x"] = 2.5,
        ["neg"] = -7L,
        ["flag"] = true,
        ["none_"] = null,
        ["text"] = "  Hello World  ",
        ["words"] = new List<object?> { "a", "b'c", "d\"e", "é\n" },
        ["d"] = new Dictionary<string, object?> { ["k"] = 1L, ["list"] = new List<object?> { 1L, 2.0, null, true } },
        ["choices"] = new Dictionary<string, object?> { ["text"] = new List<object?> { "x", "y" }, ["label"] = new List<object?> { "A", "B" } },
        ["key"] = "B",
        ["empty"] = new List<object?>(),
        ["emo"] = "a😀b",
        ["rows"] = new List<object?> { new Dictionary<string, object?> { ["t"] = "p" }, new Dictionary<string, object?> { ["t"] = "q" } },
        ["num"] = "12",
        ["big"] = 1e16,
        ["small"] = 1e-5,
        ["f3"] = 0.1 + 0.2,
    };

    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "{{ name }}", "Ann" },
        { "{{ n / 2 }} {{ n // 2 }} {{ n % 3 }} {{ neg // 2 }} {{ neg % 3 }} {{ 2 ** 3 }} {{ 2 ** -1 }} {{ 6 / 3 }}", "3.5 3 1 -4 2 8 0.5 2.0" },
        { "{{ words }} {{ d }} {{ none_ }} {{ flag }} {{ big }} {{ small }} {{ f3 }} {{ 1.0 }} {{ 100000.0 * 10 }}", "['a', \"b'c\", 'd\"e', '\u00e9\\n'] {'k': 1, 'list': [1, 2.0, None, True]} None True 1e+16 1e-05 0.30000000000000004 1.0 1000000.0" },
        { "{{ text.strip() }}|{{ text.lstrip() }}|{{ text.rstrip() }}|{{ text | trim }}", "Hello World|Hello World  |  Hello World|Hello World" },
        { "{{ text.split() }} {{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }}", "['Hello', 'World'] ['a', 'b', 'c'] ['a', 'b,c'] ['a,b', 'c']" },
        { "{{ choices.text }} {{ choices.label.index(key) }} {{ choices['text'][-1] }} {{ words[1:3] }} {{ name[::-1] }} {{ emo[1] }} {{ emo[1:] }} {{ emo|length }} {{ emo.find('b') }}", "['x', 'y'] 1 y [\"b'c\", 'd\"e'] nnA \U0001f600 \U0001f600b 3 2" },
        { "{{ 'hELLO wORLD'.capitalize() }} {{ \"they're bill's\".title() }} {{ 'ab'.upper() }} {{ 'a-b'.replace('-', '+') }} {{ 'aaa'.replace('a','b',2) }}", "Hello world They'Re Bill'S AB a+b bba" },
        { "{% if n > 5 %}big{% elif n > 3 %}mid{% else %}small{% endif %}", "big" },
        { "{% for w in words[:2] %}{{ loop.index }}/{{ loop.index0 }}:{{ w }}{% if not loop.last %},{% endif %}{% endfor %}", "1/0:a,2/1:b'c" },
        { "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", "k=1;list=[1, 2.0, None, True];" },
        { "{% for w in empty %}x{% else %}none{% endfor %}", "none" },
        { "{% set y = n + 1 %}{{ y }}", "8" },
        { "a {#- comment -#} b {%- if true -%} c {%- endif -%} d", "abcd" },
        { "{{- ' x ' -}} z", " x z" },
        { "{{ 'yes' if flag else 'no' }} {{ 1 if none_ is none else 2 }} {{ missing is defined }} {{ name is defined }} {{ name is string }} {{ n is number }} {{ d is mapping }} {{ words is sequence }} {{ missing is undefined }}", "yes 1 False True True True True True True" },
        { "{{ missing | default('dd') }} {{ '' | default('e', true) }} {{ num | int + 1 }} {{ 'abc' | int }} {{ 'abc' | int(5) }} {{ '3.7' | int }} {{ '3.5' | float }}", "dd e 13 0 5 3 3.5" },
        { "{{ words | join(', ') }} {{ [1, 2] | join('-') }} {{ rows | map(attribute='t') | join('+') }} {{ ['A','b'] | map('lower') | list }} {{ 'abc' | list }} {{ 'abc' | first }} {{ [1,2,3] | last }}", "a, b'c, d\"e, \u00e9\n 1-2 p+q ['a', 'b'] ['a', 'b', 'c'] a 3" },
        { "{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.675 | round(2) }} {{ 0.125 | round(2) }} {{ 7 | round }} {{ 1.25 | round(1) }}", "2.0 4.0 2.67 0.12 7 1.2" },
        { "{{ d | tojson }} {{ \"<a & 'b'>\u00e9\" | tojson }}", "{\"k\": 1, \"list\": [1, 2.0, null, true]} \"\\u003ca \\u0026 \\u0027b\\u0027\\u003e\\u00e9\"" },
        { "{{ 1 == 1.0 }} {{ 'a' in name }} {{ 'A' in name }} {{ 'k' in d }} {{ 3 not in [1,2] }} {{ 1 < n <= 7 }} {{ not flag }} {{ none_ or 'z' }} {{ n and 'w' }}", "True False True True True True False z w" },
        { "{{ 'a' ~ 1 ~ none_ }} {{ 'ab' * 2 }} {{ [1] + [2] }} {{ -n }} {{ (1, 2) }} {{ {'a': [1]} }} {{ range(3) | list }} {{ range(1, 6, 2) | list }}", "a1None abab [1, 2] -7 (1, 2) {'a': [1]} [0, 1, 2] [1, 3, 5]" },
        { "{{ name.startswith('A') }} {{ name.endswith(('x','n')) }} {{ 'banana'.count('an') }} {{ ','.join(['a','b']) }} {{ d.get('zz', 4) }} {{ d.keys() | list }} {{ d.values() | list }} {{ 'x\\ty\\\\z\\u00e9' }} {{ \"q\" 'r' }}", "True True 2 a,b 4 ['k', 'list'] [1, [1, 2.0, None, True]] x\ty\\z\u00e9 qr" },
        { "{{ n|string + '1' }} {{ -2|string }} {{ [1,2,3,4][-3:-1] }} {{ 'abcdef'[4:1:-2] }} {{ d['list'][1] }} {{ d.list[2] is none }}", "71 -2 [2, 3] ec 2.0 True" },
        { "{{ [none_, true, 1.5, 'a\\'b'] }} {{ \"a\\\\b\" }} {{ ['tab\\t', 'nb\\u00a0', '\\u200b', '\\x1b'] }} {{ 5 // 2.0 }} {{ 5 % -3 }} {{ true + 1 }}", "[None, True, 1.5, \"a'b\"] a\\b ['tab\\t', 'nb\\xa0', '\\u200b', '\\x1b'] 2.0 -1 2" },    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_renders_as_jinja_renders_it(string template, string expected) =>
        Assert.Equal(expected, Template.Parse(template).Render(_values));
}
