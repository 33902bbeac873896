using System.Globalization;
using System.Text;

namespace Assay.Cli.Quickstart;

/// <summary>
/// Makes the items of the quickstart's language tasks: what the built-in model was trained on, in fresh items. Sums of three digits are beyond it,
/// which an evaluation must find. JSON lines with LF line ends.
/// </summary>
public static class LanguageTaskGenerator
{
    /// <summary>Seed of the committed files.</summary>
    public const ulong Seed = 20261122;

    static readonly (string Country, string Capital)[] _capitals =
    [
        ("Argentina", "Buenos Aires"), ("Australia", "Canberra"), ("Austria", "Vienna"), ("Brazil", "Brasilia"), ("Canada", "Ottawa"), ("Chile", "Santiago"),
        ("China", "Beijing"), ("Cuba", "Havana"), ("Egypt", "Cairo"), ("Ethiopia", "Addis Ababa"), ("Finland", "Helsinki"), ("France", "Paris"),
        ("Germany", "Berlin"), ("Ghana", "Accra"), ("Greece", "Athens"), ("Hungary", "Budapest"), ("India", "New Delhi"), ("Iran", "Tehran"),
        ("Iraq", "Baghdad"), ("Ireland", "Dublin"), ("Italy", "Rome"), ("Japan", "Tokyo"), ("Kenya", "Nairobi"), ("Mexico", "Mexico City"),
        ("Morocco", "Rabat"), ("Nepal", "Kathmandu"), ("Nigeria", "Abuja"), ("Norway", "Oslo"), ("Peru", "Lima"), ("Poland", "Warsaw"),
        ("Portugal", "Lisbon"), ("Russia", "Moscow"), ("South Korea", "Seoul"), ("Spain", "Madrid"), ("Sweden", "Stockholm"), ("Thailand", "Bangkok"),
        ("Turkey", "Ankara"), ("Vietnam", "Hanoi"),
    ];

    static readonly string[] _things = ["film", "hotel", "book", "song", "show", "meal", "trip", "phone"];
    static readonly string[] _good = ["great", "excellent", "wonderful", "delightful", "superb", "lovely"];
    static readonly string[] _bad = ["terrible", "horrible", "dreadful", "awful", "boring", "poor"];
    static readonly string[] _chineseThings = ["这部电影", "这个酒店", "这部书", "这个歌曲", "这个节目", "这个饭菜", "这次旅行", "这个手机"];
    static readonly string[] _chineseGood = ["很好", "出色", "优秀", "精彩", "令人满意"];
    static readonly string[] _chineseBad = ["很差", "糟糕", "难吃", "失望", "无聊"];

    /// <summary>Sums: columns question, answer, digits (of both numbers), operation. As many of each kind.</summary>
    /// <param name="seed">The same seed gives the same items.</param>
    /// <param name="each">Of each number of digits and operation.</param>
    public static string Arithmetic(ulong seed = Seed, int each = 60)
    {
        var random = new SeededRandom(seed).Derive(1);
        var lines = new StringBuilder();
        for (var item = 0; item < each; item++)
        {
            foreach (var digits in (int[])[1, 2, 3])
            {
                lines.Append(Sum(random, digits, "addition")).Append(Sum(random, digits, "subtraction"));
            }
        }

        return lines.ToString();
    }

    /// <summary>The 38 capitals: columns country, capital.</summary>
    public static string Capitals() => string.Concat(_capitals.Select(pair => $$"""{"country": "{{pair.Country}}", "capital": "{{pair.Capital}}"}{{"\n"}}"""));

    /// <summary>Reviews: columns review, answer, language (en, zh), negated. As many of each kind.</summary>
    /// <param name="seed">The same seed gives the same items.</param>
    /// <param name="each">Of each language, plain and negated.</param>
    public static string Sentiment(ulong seed = Seed, int each = 50)
    {
        var random = new SeededRandom(seed).Derive(2);
        var lines = new StringBuilder();
        for (var item = 0; item < each; item++)
        {
            lines.Append(English(random, negated: false)).Append(English(random, negated: true));
            lines.Append(Chinese(random, negated: false)).Append(Chinese(random, negated: true));
        }

        return lines.ToString();
    }

    static string Sum(SeededRandom random, int digits, string operation)
    {
        var (low, high) = digits switch { 1 => (1, 9), 2 => (10, 99), _ => (100, 999) };
        var (a, b) = (random.Next(high - low + 1) + low, random.Next(high - low + 1) + low);
        if (operation == "addition")
        {
            return Line($"{a} + {b}", a + b);
        }

        (a, b) = (Math.Max(a, b), Math.Min(a, b));
        return Line($"{a} - {b}", a - b);

        string Line(string question, int answer)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $$"""{"question": "{{question}}", "answer": "{{answer}}", "digits": "{{digits}}", "operation": "{{operation}}"}{{"\n"}}""");
        }
    }

    static string English(SeededRandom random, bool negated)
    {
        var good = random.Next(2) == 0;
        var review = $"The {Pick(random, _things)} was {(negated ? "not " : "")}{Pick(random, good ? _good : _bad)}.";
        return Review(review, good != negated ? "positive" : "negative", "en", negated);
    }

    static string Chinese(SeededRandom random, bool negated)
    {
        var good = random.Next(2) == 0;
        var review = $"{Pick(random, _chineseThings)}{(negated ? "并不" : "")}{Pick(random, good ? _chineseGood : _chineseBad)}。";
        return Review(review, good != negated ? "正面" : "负面", "zh", negated);
    }

    static string Review(string review, string answer, string language, bool negated) =>
        $$"""{"review": "{{review}}", "answer": "{{answer}}", "language": "{{language}}", "negated": "{{(negated ? "yes" : "no")}}"}{{"\n"}}""";

    static string Pick(SeededRandom random, string[] words) => words[random.Next(words.Length)];
}
