using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

sealed partial class ForwardPass
{
    // Turns queries and keys to their positions, and puts keys and values into the pages. Queries are scaled here, once.
    void Place(Step step, int layer, int worker)
    {
        var scale = 1 / MathF.Sqrt(_config.HeadSize);
        var (from, to) = Share(step.Rows.Count, 1, worker);
        for (var row = from; row < to; row++)
        {
            var at = step.Rows[row];
            var queries = Row(_queries, row, _queryWidth);
            var keys = Row(_keys, row, _keyWidth);
            var values = Row(_values, row, _keyWidth);
            for (var head = 0; head < _config.Heads; head++)
            {
                _rotary.Turn(queries.Slice(head * _config.HeadSize, _config.HeadSize), at.Position);
            }

            System.Numerics.Tensors.TensorPrimitives.Multiply(queries, scale, queries);
            for (var head = 0; head < _config.KeyValueHeads; head++)
            {
                var key = keys.Slice(head * _config.HeadSize, _config.HeadSize);
                _rotary.Turn(key, at.Position);
                at.Page.Write(layer, head, at.Slot, key, values.Slice(head * _config.HeadSize, _config.HeadSize));
            }
        }
    }

    // A task is up to four queries of one text that share a head of keys and values: heads of a group, then rows.
    void Mix(Step step, int layer, int worker)
    {
        var group = _config.Heads / _config.KeyValueHeads;
        var task = 0;
        foreach (var part in step.Parts)
        {
            var queries = part.Count * group;
            for (var head = 0; head < _config.KeyValueHeads; head++)
            {
                for (var first = 0; first < queries; first += Attention.Queries)
                {
                    if (task++ % _workers == worker)
                    {
                        Mix(new MixTask(part, layer, head, first, Math.Min(Attention.Queries, queries - first)), worker);
                    }
                }
            }
        }
    }

    void Mix(MixTask task, int worker)
    {
        Span<int> places = stackalloc int[Attention.Queries];
        Span<int> positions = stackalloc int[Attention.Queries];
        var group = _config.Heads / _config.KeyValueHeads;
        for (var i = 0; i < Attention.Queries; i++)
        {
            var query = task.First + Math.Min(i, task.Count - 1);
            places[i] = ((task.Part.First + (query / group)) * _queryWidth) + (((task.Head * group) + (query % group)) * _config.HeadSize);
            positions[i] = task.Part.Sequence.Computed + (query / group);
        }

        var (firstPage, lastPage) = (FirstSeen(positions[0]) / KvShape.PageTokens, positions[^1] / KvShape.PageTokens);
        var tile = new AttentionTile
        {
            Pages = task.Part.Sequence.Pages.AsSpan(firstPage, lastPage + 1 - firstPage),
            Shape = _shape,
            Layer = task.Layer,
            Head = task.Head,
            Pitch = _pitch,
        };
        Mix(tile, task.Count, places, positions, firstPage * KvShape.PageTokens, _attention[worker].Span);
    }

    void Mix(AttentionTile tile, int count, ReadOnlySpan<int> places, ReadOnlySpan<int> positions, int origin, Span<float> scratch)
    {
        if (count == 1)
        {
            Attention.Scores(tile, _queries.Span[places[0]..], scratch);
        }
        else
        {
            Attention.Scores(tile, _queries.Span, places, scratch);
        }

        Span<float> sums = stackalloc float[Attention.Queries];
        for (var i = 0; i < count; i++)
        {
            sums[i] = Attention.Weigh(scratch.Slice(i * _pitch, tile.Tokens), FirstSeen(positions[i]) - origin, positions[i] - origin);
        }

        for (var at = 0; at < _shape.Stride; at += 2 * Lanes.Width)
        {
            if (count == 1)
            {
                Attention.Values(tile, scratch, at, scratch[(_pitch - _shape.Stride)..]);
            }
            else
            {
                Attention.FourValues(tile, scratch, at);
            }
        }

        for (var i = 0; i < count; i++)
        {
            var result = scratch.Slice((i * _pitch) + _pitch - _shape.Stride, _config.HeadSize);
            System.Numerics.Tensors.TensorPrimitives.Multiply(result, 1 / sums[i], _mixed.Span.Slice(places[i], _config.HeadSize));
        }
    }

    int FirstSeen(int position) => _config.SlidingWindow is { } window ? Math.Max(0, position + 1 - window) : 0;

    readonly record struct MixTask(StepPart Part, int Layer, int Head, int First, int Count);
}
