using System.Collections.Immutable;
using System.Text;

namespace Assay.Transformers.Inference;

/// <summary>Holds text back for as long as it can be the beginning of a stop string.</summary>
sealed class StopText(ImmutableArray<string> stops)
{
    readonly StringBuilder _held = new();

    /// <summary>What can be shown now, and whether a stop string came: then it and what follows are never shown.</summary>
    public (string Text, bool Stopped) Push(string text)
    {
        if (stops.IsEmpty)
        {
            return (text, false);
        }

        var held = _held.Append(text).ToString();
        _held.Clear();
        var first = stops.Select(stop => held.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (first >= 0)
        {
            return (held[..first], true);
        }

        var kept = stops.Max(stop => Beginning(held, stop));
        _held.Append(held, held.Length - kept, kept);
        return (held[..^kept], false);
    }

    /// <summary>What was held back, when no more text comes.</summary>
    public string Rest()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    // The length of the longest end of the text that is a beginning of the stop string.
    static int Beginning(string text, string stop)
    {
        for (var length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}
