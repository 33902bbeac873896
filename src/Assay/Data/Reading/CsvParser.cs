using System.Text;
using System.Text.Unicode;

namespace Assay.Data.Reading;

/// <summary>Parses one block of whole records into a chunk. Many may work at once on different blocks.</summary>
sealed class CsvParser(CsvDialect dialect, OnBadRow onBadRow, int columns)
{
    readonly CellKinds[] _seenBefore = new CellKinds[columns];
    string? _problem;
    int _found;
    long _problemLine;

    public void Parse(ReadOnlySpan<byte> block, Chunk chunk)
    {
        if (!Utf8.IsValid(block))
        {
            chunk.IsBadlyEncoded = true;
            return;
        }

        var cursor = new CsvCursor(block, dialect);
        while (cursor.NextRecord())
        {
            var line = cursor.Lines;
            Remember(chunk);
            _problem = null;
            _found = 0;
            ParseRow(ref cursor, chunk);
            if (_problem is null && _found == columns)
            {
                chunk.Rows++;
            }
            else if (onBadRow == OnBadRow.Fail)
            {
                chunk.Fault = new SkippedRow(_problem is null ? line : _problemLine, Reason());
                return;
            }
            else if (onBadRow == OnBadRow.Fill && _problem is null && _found < columns)
            {
                Fill(chunk, line);
            }
            else
            {
                Forget(chunk);
                chunk.Skip(line, Reason());
            }
        }

        chunk.Lines = cursor.Lines;
    }

    void ParseRow(ref CsvCursor cursor, Chunk chunk)
    {
        var parts = chunk.Parts;
        var row = chunk.Rows;
        do
        {
            if (_found < columns)
            {
                var part = parts[_found];
                if (part.IsPlain && CellParser.TryPlain(cursor.Block, ref cursor.Position, dialect.Delimiter, out var value, out var isWhole))
                {
                    part.AddPlain(row, value, isWhole);
                }
                else
                {
                    ParseCell(ref cursor, part, row);
                }
            }
            else
            {
                _ = cursor.ReadCell();
            }

            _found++;
        }
        while (cursor.NextCell());
        cursor.EndLine();
    }

    void ParseCell(ref CsvCursor cursor, ColumnPart part, int row)
    {
        var line = cursor.Lines;
        var cell = cursor.ReadCell();
        if (cursor.IsTrimmed)
        {
            part.Tally.Trim();
        }

        var problem = cursor.Fault;
        if (problem is null && !part.TryAdd(row, cell))
        {
            problem = $"column '{part.Plan.Name}' holds '{Shown(cell)}'. Expected {part.Plan.Expected}, because its type was given. Correct the cell, or leave the type out.";
        }

        if (problem is not null && _problem is null)
        {
            (_problem, _problemLine) = (problem, line);
        }
    }

    static string Shown(ReadOnlySpan<byte> cell) => cell.Length <= 80 ? Encoding.UTF8.GetString(cell) : $"{Encoding.UTF8.GetString(cell[..80])}...";

    string Reason() => _problem ?? $"found {_found} {(_found == 1 ? "cell" : "cells")}, expected {columns} as in the {(_found < columns ? "first line. Complete" : "first line. Correct")} the row, or quote cells that hold the delimiter.";

    void Fill(Chunk chunk, long line)
    {
        for (var i = _found; i < columns; i++)
        {
            chunk.Parts[i].AddMissing(chunk.Rows);
        }

        chunk.Fill(line, $"found {_found} {(_found == 1 ? "cell" : "cells")} of {columns}; the others are missing");
        chunk.Rows++;
    }

    // What a row that is kept out held must not decide the kind of a column.
    void Remember(Chunk chunk)
    {
        if (onBadRow != OnBadRow.Fail)
        {
            for (var i = 0; i < columns; i++)
            {
                _seenBefore[i] = chunk.Parts[i].Seen;
            }
        }
    }

    void Forget(Chunk chunk)
    {
        for (var i = 0; i < columns; i++)
        {
            chunk.Parts[i].Seen = _seenBefore[i];
        }
    }
}
