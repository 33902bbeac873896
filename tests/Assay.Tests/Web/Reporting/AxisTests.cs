using Assay.Web.Reporting.Charts;

namespace Assay.Tests.Web.Reporting;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 1, new[] { "0.0", "0.2", "0.4", "0.6", "0.8", "1.0" })]
    [InlineData(0.31, 0.69, new[] { "0.3", "0.4", "0.5", "0.6", "0.7" })]
    [InlineData(-3, 42, new[] { "-10", "0", "10", "20", "30", "40", "50" })]
    [InlineData(0.9951, 0.9989, new[] { "0.995", "0.996", "0.997", "0.998", "0.999" })]
    public void Ticks_stand_at_round_numbers_around_the_values(double low, double high, string[] labels)
    {
        var axis = Axis.Around([low, high]);
        Assert.Equal(labels, axis.Ticks.Select(axis.Label));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(1e-12)]
    [InlineData(1e15)]
    public void One_value_alone_lies_within_its_axis(double value)
    {
        var axis = Axis.Around([value]);
        Assert.True(axis.Low < axis.High);
        Assert.InRange(value, axis.Low, axis.High);
        Assert.InRange(axis.Ticks.Length, 2, 12);
    }

    [Fact]
    public void Any_range_has_few_ticks_that_hold_the_values()
    {
        var random = new SeededRandom(7);
        for (var i = 0; i < 2000; i++)
        {
            var low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(12) - 6);
            var high = low + (random.NextDouble() * Math.Pow(10, random.Next(12) - 6)) + (Math.Abs(low) * 1e-6);
            var axis = Axis.Around([low, high]);
            // Ticks are multiples of a step in binary, so an end may miss the value by rounding, 1e-9 of the range.
            var slack = (axis.High - axis.Low) * 1e-8;
            Assert.InRange(low, axis.Low - slack, axis.High + slack);
            Assert.InRange(high, axis.Low - slack, axis.High + slack);
            Assert.InRange(axis.Ticks.Length, 2, 8);
        }
    }

    [Fact]
    public void A_log_axis_has_powers_of_ten_or_one_two_five_where_those_are_few()
    {
        Assert.Equal([0.001, 0.01, 0.1], Axis.LogAround([0.0005, 0, 0.4]).Ticks.Select(tick => Math.Round(tick, 9)));
        Assert.Equal([0.002, 0.005, 0.01, 0.02], Axis.LogAround([0.0015, 0.03]).Ticks.Select(tick => Math.Round(tick, 9)));
        Assert.Equal(0.5, Axis.LogAround([0.01, 1]).PositionOf(0.1), 9);
    }

    [Fact]
    public void No_values_at_all_give_an_axis_none_the_less()
    {
        Assert.True(Axis.Around([double.NaN]).Low < Axis.Around([double.NaN]).High);
        Assert.True(Axis.LogAround([0]).Low < Axis.LogAround([0]).High);
    }
}
