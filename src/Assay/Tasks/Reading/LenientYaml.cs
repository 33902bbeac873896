using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary>
/// YAML as PyYAML takes it, where YamlDotNet does not: of a key that stands twice the last counts, and the lines of a quoted text may stand
/// further to the left than its key.
/// </summary>
static class LenientYaml
{
    const string Indentation = "found wrong indentation";

    // Longer than any indentation of a task file.
    static readonly string _deep = new(' ', 64);

    public static YamlStream Load(TextReader text)
    {
        var lines = text.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
        for (var moved = 0; ; moved++)
        {
            try
            {
                return YamlText.Load(source => new LastKeyParser(source), new StringReader(string.Join('\n', lines)));
            }
            catch (YamlException problem) when (moved < lines.Length && problem.Message.Contains(Indentation, StringComparison.Ordinal))
            {
                // Blanks in front of a line of a quoted text are no part of it.
                var line = (int)problem.End.Line - 1;
                while (line < lines.Length - 1 && lines[line].StartsWith(_deep, StringComparison.Ordinal))
                {
                    line++;
                }

                lines[line] = _deep + lines[line];
            }
        }
    }

    // All events of a text, without the earlier of two equal keys of a mapping and its value.
    sealed class LastKeyParser : IParser
    {
        readonly List<ParsingEvent> _events = [];
        int _at = -1;

        public LastKeyParser(IParser source)
        {
            while (source.MoveNext())
            {
                _events.Add(source.Current!);
            }

            var dropped = new bool[_events.Count];
            for (var i = 0; i < _events.Count; i++)
            {
                if (_events[i] is MappingStart)
                {
                    DropEarlier(i + 1, dropped);
                }
            }

            _events = [.. _events.Where((_, i) => !dropped[i])];
        }

        public ParsingEvent? Current => _at >= 0 && _at < _events.Count ? _events[_at] : null;

        public bool MoveNext() => ++_at < _events.Count;

        void DropEarlier(int at, bool[] dropped)
        {
            var places = new Dictionary<string, (int Start, int End)>(StringComparer.Ordinal);
            while (_events[at] is not MappingEnd)
            {
                var key = _events[at] is Scalar { Value: not "<<" } scalar ? scalar.Value : null;
                var end = End(End(at));
                if (key is not null && places.TryGetValue(key, out var earlier))
                {
                    dropped.AsSpan(earlier.Start, earlier.End - earlier.Start).Fill(true);
                }

                if (key is not null)
                {
                    places[key] = (at, end);
                }

                at = end;
            }
        }

        // Behind the node that begins at an event.
        int End(int at)
        {
            var depth = 0;
            do
            {
                depth += _events[at++].NestingIncrease;
            }
            while (depth > 0);

            return at;
        }
    }
}
