using Assay.Tasks;

namespace Assay.Tests.Tasks;

public sealed class FilterPipelineTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // CPython 3.11, re.findall and the harness's choice among what it gives.
    [Theory]
    [InlineData(@"(-?[$0-9.,]{2,})|(-?[0-9]+)", -1, "costs $1,200.50 and 7", "7")]
    [InlineData(@"(-?[$0-9.,]{2,})|(-?[0-9]+)", 0, "costs $1,200.50 and 7", "$1,200.50")]
    [InlineData(@"(?P<a>x)|(y)", 0, "yx", "y")]
    [InlineData(@"(a)|(b)|(c)", 0, "  c ", "c")]
    [InlineData(@"x*", 1, "axb", "x")]
    [InlineData(@"(?:(-)|=)?\s*(\d+)", -1, "= 5, -12", "-")]
    [InlineData(@"([A-D])(?P<q>[!?])(?P=q)", 0, "B?! C!!", "C")]
    [InlineData(@"^(.*?)(?=\n|$)", 0, " a b \nc", "a b")]
    [InlineData(@"\d+", 0, "٣4", "٣4")]
    [InlineData(@"[]x]+", 0, "a]x", "]x")]
    public void A_regex_finds_what_Python_finds(string pattern, int select, string response, string expected)
    {
        var pipeline = Pipeline($"{{function: regex, regex_pattern: '{pattern}', group_select: {select}}}");
        Assert.Equal(new FilteredAnswer(expected, true), pipeline.Apply(response));
    }

    [Theory]
    [InlineData("{function: regex}", "no", "[invalid]")]
    [InlineData("{function: regex, fallback: '[nothing]'}", "no", "[nothing]")]
    [InlineData("{function: regex, regex_pattern: 'n', group_select: 3}", "no", "[invalid]")]
    [InlineData("{function: regex}, {function: uppercase}", "no", "[INVALID]")]
    [InlineData("{function: map, mapping_dict: {a: 1}, default_value: 0}", "no", "0")]
    [InlineData("{function: map, mapping_dict: {a: 1}}", "no", "None")]
    public void What_is_not_found_is_marked_and_stays_so(string filters, string response, string expected) =>
        Assert.Equal(new FilteredAnswer(expected, false), Pipeline(filters).Apply(response));

    [Theory]
    [InlineData("{function: remove_whitespace}", "  a ", "a")]
    [InlineData("{function: lowercase}", "ÄB", "äb")]
    [InlineData("{function: map, mapping_dict: {a: 1, 2: two}}", "2", "two")]
    public void Other_filters_do_as_in_the_harness(string filters, string response, string expected) =>
        Assert.Equal(new FilteredAnswer(expected, true), Pipeline(filters).Apply(response));

    [Fact]
    public void The_majority_is_of_the_answers_and_the_first_seen_wins_a_tie()
    {
        Assert.Equal("b", Pipeline("{function: majority_vote}").Apply("a", "b", "c", "b").Text);
        Assert.Equal("a", Pipeline("{function: majority_vote}").Apply("a", "b", "b", "a").Text);
        Assert.Equal("c", Pipeline("{function: take_first_k, k: 1}, {function: majority_vote}").Apply("c", "b", "b").Text);
    }

    FilterPipeline Pipeline(string filters)
    {
        _folder.Write("rows.jsonl", "");
        var path = _folder.Write("task.yaml", $$"""
            task: t
            dataset_path: json
            dataset_kwargs: {data_files: {test: rows.jsonl} }
            test_split: test
            doc_to_text: q
            doc_to_target: a
            filter_list: [{name: f, filter: [{{filters}}, {function: take_first} ] } ]
            """);
        return TaskReader.Read(path, _folder.Path).Require().Filters.Single();
    }
}
