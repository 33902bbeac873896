using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Tests.Conformance;

// The reference values of ../shared/golden that have inputs in files; the others stand in the tests of each statistic.
public class GoldenStatisticsTests
{
    [Fact]
    public void Mann_and_whitneys_p_value_of_the_drift_example_is_scipys()
    {
        var golden = JsonNode.Parse(File.ReadAllText(SharedFolder.Find("golden", "golden.json")).Replace("NaN", "null", StringComparison.Ordinal)
            .Replace("-Infinity", "null", StringComparison.Ordinal))!;
        var test = MannWhitney.Test(Read("golden_ref.txt"), Read("golden_cur.txt"));
        Assert.Equal((double)golden["mwu"]!, test.PValue, 1e-10);
    }

    static double[] Read(string name) =>
        [.. File.ReadLines(SharedFolder.Find("golden", name)).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
}
