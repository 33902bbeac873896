using Assay.Data;
using Assay.Learning.Networks;
using Assay.Load;
using Assay.Running;

namespace Assay.Tests.Running;

public class SpecReaderTests
{
    static readonly string _quickstart = File.ReadAllText(Repository.PathOf("samples", "quickstart", "quickstart.yaml"));

    [Fact]
    public void The_quickstart_spec_reads_as_written()
    {
        var spec = Read(_quickstart).Spec!;
        Assert.Equal("quickstart", spec.Name);
        Assert.Equal(7UL, spec.Seed);
        Assert.Equal("defaulted", spec.Data!.Target);
        Assert.Equal("yes", spec.Data.Positive);
        Assert.Equal([typeof(Impute), typeof(Standardize), typeof(OneHot)], spec.Prepare.Select(step => step.GetType()));
        Assert.Equal((0.25, 5, true), (spec.Method.TestShare, spec.Method.Folds, spec.Method.Stratify));
        Assert.Equal([32, 16, 1], ((SequentialOptions)spec.Model!).Layers.OfType<Dense>().Select(layer => layer.Units));
        Assert.Equal(new Adam(0.001), ((SequentialOptions)spec.Model).Optimizer);
        Assert.Equal(new PoissonArrivals(200), spec.Loads[0].Options.Arrivals);
        Assert.Equal(TimeSpan.FromMilliseconds(50), spec.Loads[0].Options.Slo["latency_p99"]);
        Assert.Equal(new ClosedLoop(4), spec.Loads[1].Options.Arrivals);
        Assert.Equal(3, spec.Optimise!.Study.Space.Parameters.Length);
        Assert.Equal(5, spec.Gates.Length);
    }

    [Fact]
    public void Without_a_method_a_fifth_is_held_out_and_classes_keep_their_shares()
    {
        var method = Read(Small("")).Spec!.Method;
        Assert.Equal((0.2, null, true), (method.TestShare, method.Folds, method.Stratify));
    }

    [Theory]
    [InlineData("method: {holdout: {test: 1.5}}", 4, "'1.5'", "from 0.001 to 0.999")]
    [InlineData("method: {hold_out: {}}", 4, "'hold_out'", "'holdout'")]
    [InlineData("prepare: [{one_hott: categorical}]", 4, "'one_hott'", "'one_hot'")]
    [InlineData("prepare: [{one_hot: colour}]", 4, "'colour'", "age, income")]
    [InlineData("prepare: [{impute: {strategy: constant}}]", 4, "constant", "'value'")]
    [InlineData("slices: [chanel]", 4, "'chanel'", "'channel'")]
    [InlineData("metrics: [acuracy]", 4, "'acuracy'", "'accuracy'")]
    [InlineData("load: {arrivals: {poisson: 200}, duration: 10s}", 4, "'load'", "'serve'")]
    [InlineData("serve: {protocol: v3}", 4, "'v3'", "'v2'")]
    [InlineData("seed: -1", 4, "'-1'", "from 0")]
    [InlineData("limits: {samples: 5}", 4, "'limits'", "'tasks'")]
    [InlineData("gates: [\"f1.low => 0.5\"]", 4, "f1.low => 0.5", "expected")]
    [InlineData("baseline: last", 4, "'baseline'", "Known here")]
    public void A_mistake_is_a_problem_with_its_line(string line, int at, string found, string expected)
    {
        var problem = Assert.Single(Read(Small(line)).Problems);
        Assert.Equal(at, problem.Line);
        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_profile_without_an_end_or_a_shape_is_two_problems()
    {
        var problems = Read(Small("serve: v2\nload: {slo: {latency_p99: 50ms}}")).Problems;
        Assert.Equal(2, problems.Length);
        Assert.All(problems, problem => Assert.Equal(5, problem.Line));
    }

    [Fact]
    public void A_network_that_does_not_fit_its_loss_is_found_before_the_data_is_read()
    {
        var yaml = Small("").Replace("{dense: {units: 1, activation: sigmoid}}", "{dense: {units: 2, activation: relu}}", StringComparison.Ordinal);
        Assert.Contains("1 sigmoid", Assert.Single(Read(yaml).Problems).Message, StringComparison.Ordinal);
    }

    // Each of these would look like two or three mistakes if what follows from the first one were told as well.
    [Theory]
    [InlineData("activation: sigmoid", "activation: sigmoidd")]
    [InlineData("units: 1,", "units: one,")]
    [InlineData("path: loans.csv", "path: lones.csv")]
    [InlineData("target: defaulted", "target: default")]
    public void One_mistake_is_one_problem(string right, string wrong) =>
        Assert.Single(Read(Small("gates: [\"accuracy >= 0.5\"]").Replace(right, wrong, StringComparison.Ordinal)).Problems);

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("a: [1, 2")]
    [InlineData("name: x\nname: y\n")]
    [InlineData("---\na: 1\n---\nb: 2\n")]
    [InlineData("? [complex, key]\n: 1\n")]
    [InlineData("&a a: *a\n")]
    public void What_is_no_spec_is_a_problem_and_never_an_exception(string yaml)
    {
        var reading = Read(yaml);
        Assert.Null(reading.Spec);
        Assert.NotEmpty(reading.Problems);
        Assert.All(reading.Problems, problem => Assert.True(problem.Line >= 1));
    }

    // Any spec with characters lost or doubled is read or refused, and the refusal names lines of the file.
    [Fact]
    public void A_mangled_spec_never_throws()
    {
        var random = new SeededRandom(20261122);
        for (var round = 0; round < 500; round++)
        {
            var text = _quickstart;
            for (var cut = 0; cut < 3; cut++)
            {
                var at = random.Next(text.Length);
                text = random.Next(2) == 0 ? text.Remove(at, Math.Min(1 + random.Next(12), text.Length - at)) : text.Insert(at, text[at..Math.Min(text.Length, at + 3)]);
            }

            var reading = Read(text);
            Assert.True(reading.Spec is not null || reading.Problems.Length > 0, text);
        }
    }

    static SpecReading Read(string yaml)
    {
        var folder = Repository.PathOf("samples", "quickstart");
        return SpecReader.Read(yaml, "spec.yaml", folder, folder);
    }

    static string Small(string line) => $$$"""
        name: small
        data: {path: loans.csv, target: defaulted}
        model: {sequential: {layers: [{dense: {units: 1, activation: sigmoid}}]}}
        {{{line}}}

        """;
}
