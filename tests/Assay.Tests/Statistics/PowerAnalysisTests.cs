using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class PowerAnalysisTests
{
    [Theory]
    [InlineData(0, 1, 968.9974980677886)]
    [InlineData(1.0 / 6, 1, 3875.9899922711543)]
    [InlineData(1.0 / 6, 10, 1259.6967474881253)]
    public void Miller_s_questions_are_the_golden_ones(double noise, int samples, double expected)
    {
        var design = new PowerDesign { Noise = noise, SamplesPerQuestion = samples };
        Assert.Equal(expected, PowerAnalysis.Questions(design, .03), 1e-6);
        Assert.Equal(.03, PowerAnalysis.MinimumDetectableEffect(design, expected), 1e-10);
    }

    [Theory]
    [InlineData(.2, .05, .05, .8, 625.5473178337214)]
    [InlineData(.1, .03, .01, .9, 1648.3143475428428)]
    public void Mcnemars_questions_are_connors(double discordant, double effect, double alpha, double power, double expected)
    {
        // Connor 1987 in scipy: (z √ψ + z √(ψ - δ²))² / δ².
        var design = new PowerDesign { Discordant = discordant, Alpha = alpha, Power = power };
        Assert.Equal(expected, PowerAnalysis.Questions(design, -effect), 1e-6);
        Assert.Equal(effect, PowerAnalysis.MinimumDetectableEffect(design, expected), 1e-9);
        Assert.True(double.IsNaN(PowerAnalysis.MinimumDetectableEffect(design, 5)));
    }

    [Fact]
    public void Clusters_widen_by_the_design_effect()
    {
        var design = new PowerDesign { Clusters = 200, IntraclassCorrelation = .1 };
        var needed = PowerAnalysis.Questions(design, .03);
        var independent = PowerAnalysis.Questions(new PowerDesign(), .03);
        Assert.Equal(independent * (1 + (((needed / 200) - 1) * .1)), needed, 1e-6);
        Assert.Equal(.03, PowerAnalysis.MinimumDetectableEffect(design, needed), 1e-10);
        Assert.Equal(independent, PowerAnalysis.Questions(design with { IntraclassCorrelation = 0 }, .03), 1e-9);
        Assert.Equal(double.PositiveInfinity, PowerAnalysis.Questions(design with { IntraclassCorrelation = .5 }, .03));
    }

    [Fact]
    public void The_paired_test_finds_the_effect_as_often_as_planned()
    {
        // 1500 simulated comparisons of 349 questions with variance 1: standard error of a power of 0.8 is 0.010, four of them 0.041.
        var n = (int)Math.Ceiling(PowerAnalysis.Questions(new PowerDesign { Variance = 1 }, .15));
        var (random, found, values) = (new SeededRandom(3), 0, new double[n]);
        for (var run = 0; run < 1500; run++)
        {
            foreach (ref var value in values.AsSpan())
            {
                value = .15 + random.NextNormal();
            }

            found += PairedT.Test(values).PValue <= .05 ? 1 : 0;
        }

        Assert.InRange(found / 1500.0, .755, .845);
    }
}
