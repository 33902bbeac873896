using System.Globalization;
using System.Text;

namespace Assay.Cli.Quickstart;

/// <summary>
/// Makes the quickstart's data: loans of which about a fifth default. Believable and messy on purpose: incomes and scores are
/// missing (more often for the self-employed), <c>weekday</c> says nearly nothing, and applications that came through a broker
/// often carry figures of somebody else, so that any model is visibly worse on them.
/// </summary>
public static class LoanGenerator
{
    /// <summary>Rows of the committed loans.csv.</summary>
    public const int Rows = 4000;

    /// <summary>Seed of the committed loans.csv.</summary>
    public const ulong Seed = 20261122;

    static readonly (string Name, double Weight)[] _employments = [("employed", 0.62), ("self-employed", 0.2), ("public", 0.12), ("retired", 0.06)];
    static readonly (string Name, double Weight)[] _channels = [("branch", 0.44), ("online", 0.36), ("broker", 0.2)];
    static readonly (string Name, double Weight)[] _regions = [("north", 0.3), ("south", 0.28), ("east", 0.22), ("west", 0.2)];
    static readonly string[] _weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri"];

    /// <summary>The whole file, LF line ends.</summary>
    public static string Csv(ulong seed = Seed, int rows = Rows)
    {
        var random = new SeededRandom(seed);
        var csv = new StringBuilder("age,income,employment,region,channel,amount,term_months,credit_score,late_payments,guarantor,weekday,defaulted\n");
        for (var i = 0; i < rows; i++)
        {
            csv.Append(Row(random)).Append('\n');
        }

        return csv.ToString();
    }

    static string Row(SeededRandom random)
    {
        var truth = Applicant.Draw(random);
        var channel = Pick(random, _channels);

        // Most of a broker's figures are somebody else's; whether the loan is paid back follows from the true ones.
        var shown = channel == "broker" && random.NextDouble() < 0.7 ? Applicant.Draw(random) : truth;
        var defaulted = random.NextDouble() < truth.DefaultProbability;
        var hidesIncome = random.NextDouble() < (shown.Employment == "self-employed" ? 0.22 : 0.05);
        var hasNoScore = random.NextDouble() < 0.06;
        string[] cells =
        [
            Text(shown.Age), hidesIncome ? "" : Text(shown.Income), shown.Employment, Pick(random, _regions), channel, Text(shown.Amount),
            Text(shown.Term), hasNoScore ? "NA" : Text(shown.Score), Text(shown.LatePayments), shown.Guarantor ? "true" : "false",
            _weekdays[random.Next(_weekdays.Length)], defaulted ? "yes" : "no",
        ];
        return string.Join(',', cells);
    }

    static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    static string Pick(SeededRandom random, (string Name, double Weight)[] choices)
    {
        var left = random.NextDouble();
        foreach (var (name, weight) in choices)
        {
            left -= weight;
            if (left < 0)
            {
                return name;
            }
        }

        return choices[^1].Name;
    }

    sealed record Applicant(int Age, int Income, string Employment, int Amount, int Term, int Score, int LatePayments, bool Guarantor)
    {
        public double DefaultProbability
        {
            get
            {
                var burden = 12.0 * Amount / Term / Income;
                var logit = -2.2 + (9 * (burden - 0.2)) + (1.3 * LatePayments) - (0.022 * (Score - 620)) - (Guarantor ? 1.4 : 0)
                    + (Employment == "self-employed" ? 0.9 : 0) + (Age < 25 ? 1.1 : 0);
                return 1 / (1 + Math.Exp(-logit));
            }
        }

        public static Applicant Draw(SeededRandom random)
        {
            var employment = Pick(random, _employments);
            var age = employment == "retired" ? 62 + random.Next(18) : 19 + random.Next(46);
            var income = (int)Math.Round(Math.Exp(10.35 + (0.4 * random.NextNormal())) / 100) * 100;
            var term = 12 * (1 + random.Next(6));
            var amount = (int)Math.Clamp(Math.Round(income * term / 12.0 * (0.08 + (0.35 * random.NextDouble() * random.NextDouble())) / 100) * 100, 500, 90_000);
            var score = (int)Math.Clamp(Math.Round(640 + (75 * random.NextNormal())), 350, 850);
            var late = (int)Math.Floor(random.NextExponential() * (score < 580 ? 1.6 : 0.7));
            return new Applicant(age, income, employment, amount, term, score, late, random.NextDouble() < 0.25);
        }
    }
}
