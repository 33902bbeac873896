using System.Globalization;

namespace Assay.Transformers.Tokenizing;

// unicode-nfc.txt (made by eng/unicode-nfc.py, which says what its lines are).
sealed class CanonicalData
{
    static readonly Lazy<CanonicalData> _instance = new(() => new CanonicalData());

    readonly Dictionary<int, int> _classes = [];
    readonly Dictionary<int, int[]> _decompositions = [];
    readonly Dictionary<(int First, int Second), int> _compositions = [];
    readonly HashSet<int> _unsure = [];

    CanonicalData()
    {
        using var lines = new StreamReader(typeof(CanonicalData).Assembly.GetManifestResourceStream("Assay.Transformers.Tokenizing.unicode-nfc.txt")!);
        while (lines.ReadLine() is { } line)
        {
            int[] numbers = [.. line.Split(' ').Skip(1).Select(text => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            Add(line[0], numbers);
        }
    }

    public static CanonicalData Instance => _instance.Value;

    public int ClassOf(int code) => _classes.GetValueOrDefault(code);

    public int[]? DecompositionOf(int code) => _decompositions.GetValueOrDefault(code);

    public int? CompositionOf(int first, int second) => _compositions.TryGetValue((first, second), out var code) ? code : null;

    // Whether the character may change, or change its neighbour, when a text is composed.
    public bool IsUnsure(int code) => _unsure.Contains(code);

    void Add(char kind, int[] numbers)
    {
        switch (kind)
        {
            case 'C':
                for (var code = numbers[0]; code <= numbers[1]; code++)
                {
                    _classes[code] = numbers[2];
                    _unsure.Add(code);
                }

                break;
            case 'D':
                _decompositions[numbers[0]] = numbers[1..];
                _compositions[(numbers[1], numbers[2])] = numbers[0];
                _unsure.Add(numbers[2]);
                break;
            default:
                _decompositions[numbers[0]] = numbers[1..];
                _unsure.Add(numbers[0]);
                break;
        }
    }
}
