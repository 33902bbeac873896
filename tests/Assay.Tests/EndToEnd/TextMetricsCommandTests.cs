using System.Text;

namespace Assay.Tests.EndToEnd;

public class TextMetricsCommandTests
{
    [Fact]
    public async Task Scores_intervals_and_the_paired_difference_come_as_one_json_document()
    {
        using var folder = new TemporaryFolder();
        folder.Write("hyp.txt", "The dog bit the man.\nIt wasn't surprising.\nThe man had just bitten him.\n");
        folder.Write("a.txt", "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n");
        folder.Write("b.txt", "The dog had bit the man.\nNo one was surprised.\nThe man had bitten the dog.");
        folder.Write("other.txt", "The dog bit a man.\n\nThe man had bitten it.\n");
        var result = await AssayProcess.RunAsync(folder.Path, "text-metrics", "hyp.txt", "a.txt", "b.txt", "--baseline", "other.txt", "--json");
        Assert.Equal((0, "text-metrics"), (result.ExitCode, (string)result.Json["command"]!));
        Assert.StartsWith("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|", (string)result.Json["signatures"]!["bleu"]!, StringComparison.Ordinal);
        var estimates = result.Json["estimates"]!.AsArray();
        Assert.Equal(
            ["bleu", "bleu", "bleu/difference", "bleu/p_value", "chrf", "chrf", "chrf/difference", "chrf/p_value", "ter", "ter", "ter/difference", "ter/p_value"],
            estimates.Select(estimate => (string)estimate!["metric"]!));

        // sacrebleu's test_corpus_bleu_cases.
        Assert.Equal(48.530827, (double)estimates[0]!["value"]!, 1e-6);
        Assert.Equal("other.txt", (string)estimates[1]!["model"]!);
    }

    [Fact]
    public async Task Mistakes_are_named_and_give_exit_code_2()
    {
        using var folder = new TemporaryFolder();
        folder.Write("three.txt", "a\nb\n\n");
        folder.Write("two.txt", "a\nb\n");
        folder.Write("empty.txt", "");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "latin1.txt"), Encoding.Latin1.GetBytes("a\nnaïve\n"), TestContext.Current.CancellationToken);
        await RefusedAsync(folder, "two.txt: 2 lines, but three.txt has 3", "three.txt", "two.txt");
        await RefusedAsync(folder, "latin1.txt:2: byte 3 of the line is not UTF-8", "two.txt", "latin1.txt");
        await RefusedAsync(folder, "empty.txt: the file is empty", "two.txt", "empty.txt");
        await RefusedAsync(folder, "absent.txt", "two.txt", "absent.txt");
        await RefusedAsync(folder, "references", "two.txt");
        await RefusedAsync(folder, "'blue' is unknown. Did you mean 'bleu'?", "two.txt", "two.txt", "--metric", "blue");
        await RefusedAsync(folder, "'14a' is unknown. Did you mean '13a'?", "two.txt", "two.txt", "--tokenize", "14a");
    }

    static async Task RefusedAsync(TemporaryFolder folder, string expected, params string[] arguments)
    {
        var result = await AssayProcess.RunAsync(folder.Path, ["text-metrics", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains(expected, StringComparison.Ordinal));
        Assert.Empty(result.Output);
    }
}
