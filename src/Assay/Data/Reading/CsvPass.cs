namespace Assay.Data.Reading;

/// <summary>Reads the records of a CSV text once: blocks are parsed on several threads and come back in their order.</summary>
sealed class CsvPass(CsvLayout layout, ReadOptions options, TableAssembler assembler, string source)
{
    const int BlockSize = 1 << 20;

    readonly int _threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
    readonly Stack<(byte[] Block, Chunk Chunk, CsvParser Parser)> _idle = new();

    /// <summary>The chunks, each good until the next one is asked for; the caller appends them.</summary>
    public IEnumerable<Chunk> Run(Stream stream, CancellationToken cancellationToken)
    {
        Skip(stream, layout.DataOffset);
        assembler.Line = layout.DataLine;
        var blocks = new CsvBlocks(stream, layout.Dialect, BlockSize, options.MaxRowBytes);
        var working = new Queue<(Task Work, byte[] Block, Chunk Chunk, CsvParser Parser)>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (block, chunk, parser) = _idle.TryPop(out var idle) ? idle : ([], new Chunk(), new CsvParser(layout.Dialect, options.OnBadRow, layout.Names.Count));
            var length = Next(blocks, ref block);
            if (length > 0)
            {
                assembler.Prepare(chunk);
                working.Enqueue((Start(parser, block, length, chunk), block, chunk, parser));
            }

            while (working.Count > 0 && (working.Count >= _threads || length == 0))
            {
                var done = working.Dequeue();
                done.Work.GetAwaiter().GetResult();
                yield return done.Chunk;
                _idle.Push((done.Block, done.Chunk, done.Parser));
            }

            if (length == 0)
            {
                yield break;
            }
        }
    }

    Task Start(CsvParser parser, byte[] block, int length, Chunk chunk)
    {
        if (_threads > 1)
        {
            return Task.Run(() => parser.Parse(block.AsSpan(0, length), chunk));
        }

        parser.Parse(block.AsSpan(0, length), chunk);
        return Task.CompletedTask;
    }

    int Next(CsvBlocks blocks, ref byte[] block)
    {
        try
        {
            return blocks.Next(ref block);
        }
        catch (RowTooLongException exception)
        {
            throw new UserErrorException(
                $"{source}: a row behind line {assembler.Line} is longer than {exception.Limit >> 20} MiB. Is a quote never closed? Correct the file, or allow longer rows by MaxRowBytes.", exception);
        }
    }

    static void Skip(Stream stream, long count)
    {
        var buffer = new byte[Math.Min(count, 1 << 16)];
        while (count > 0 && stream.Read(buffer, 0, (int)Math.Min(count, buffer.Length)) is > 0 and var read)
        {
            count -= read;
        }
    }
}
