using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Reporting;

namespace Assay.Tests.Reporting;

public sealed class ReportJsonTests
{
    [Fact]
    public void A_report_comes_back_as_it_was()
    {
        var text = JsonSerializer.Serialize(SampleReports.Full, ReportJson.Options);
        var back = JsonSerializer.Deserialize<Report>(text, ReportJson.Options);
        Assert.Equal(text, JsonSerializer.Serialize(back, ReportJson.Options));
        Assert.Equivalent(SampleReports.Full, back, strict: true);
    }

    [Fact]
    public void An_estimate_has_all_its_properties_in_order_undefined_or_not()
    {
        var json = JsonSerializer.SerializeToNode(SampleReports.Full, ReportJson.Options)!;
        string[] names =
        [
            "metric", "value", "low", "high", "n", "excluded", "method", "definition", "stage", "task", "model", "filter", "slice", "unit", "reason",
        ];
        Assert.All(json["estimates"]!.AsArray(), estimate => Assert.Equal(names, estimate!.AsObject().Select(property => property.Key)));
        Assert.Contains(json["estimates"]!.AsArray(), estimate => estimate!["value"] is null && estimate["reason"] is not null);
    }

    [Fact]
    public void Names_and_enum_values_are_snake_case_and_labels_stay()
    {
        var text = JsonSerializer.Serialize(SampleReports.Full, ReportJson.Options);
        Assert.Contains("\"verdict\": \"fail\"", text, StringComparison.Ordinal);
        Assert.Contains("\"rows_without_target\": 2", text, StringComparison.Ordinal);
        Assert.Contains("\"error: 503\": 12", text, StringComparison.Ordinal);
        Assert.Contains("\"存活\"", text, StringComparison.Ordinal);
        Assert.All(Names(JsonNode.Parse(text)), name => Assert.DoesNotMatch("^[a-z]+[A-Z]", name));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_in_JSON_is_null_and_comes_back_undefined(double value)
    {
        var report = SampleReports.Empty with { Seconds = value, Gates = [new("f1 >= 0.7", value, false, null)] };
        var text = JsonSerializer.Serialize(report, ReportJson.Options);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        var back = JsonSerializer.Deserialize<Report>(text, ReportJson.Options)!;
        Assert.Equal(double.NaN, back.Seconds);
        Assert.Null(back.Gates[0].Value);
    }

    static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(property => Names(property.Value).Prepend(property.Key)),
        JsonArray array => array.SelectMany(Names),
        _ => [],
    };
}
