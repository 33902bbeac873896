using System.Text;

namespace Assay.Transformers.Tokenizing;

// Token numbers, their texts in the file and the bytes they stand for. Numbers may have gaps: a number without a token stands for nothing.
sealed class Vocabulary
{
    readonly Dictionary<string, int> _numbers;
    readonly string?[] _texts;
    readonly byte[]?[] _bytes;
    readonly bool[] _special;

    public Vocabulary(Dictionary<string, int> numbers, IReadOnlyList<AddedToken> added, Func<string, byte[]> bytesOf)
    {
        _numbers = numbers;
        var size = Math.Max(numbers.Count == 0 ? 0 : numbers.Values.Max(), added.Count == 0 ? 0 : added.Max(token => token.Id)) + 1;
        _texts = new string?[size];
        _bytes = new byte[]?[size];
        _special = new bool[size];
        foreach (var (text, id) in numbers)
        {
            _texts[id] = text;
            _bytes[id] = bytesOf(text);
        }

        foreach (var token in added)
        {
            _texts[token.Id] = token.Content;
            _bytes[token.Id] = Encoding.UTF8.GetBytes(token.Content);
            _special[token.Id] = token.Special;
            _numbers[token.Content] = token.Id;
        }
    }

    public int Size => _texts.Length;

    public int? IdOf(string text) => _numbers.TryGetValue(text, out var id) ? id : null;

    public string TextOf(int id) => (uint)id < (uint)_texts.Length ? _texts[id] ?? "" : "";

    public ReadOnlySpan<byte> BytesOf(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : [];

    public bool IsSpecial(int id) => (uint)id < (uint)_special.Length && _special[id];
}
