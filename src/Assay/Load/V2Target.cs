using Assay.Data;
using Assay.Load.Payloads;
using Assay.Models;

namespace Assay.Load;

/// <summary>Load on a V2 model: one row in a request.</summary>
public static class V2Target
{
    /// <summary>Writes a body for each row. An answer is good when it holds a finite probability of every class, or a finite number for every target.</summary>
    /// <param name="client">The model.</param>
    /// <param name="rows">Each is sent equally often.</param>
    /// <param name="seed">Of their order.</param>
    /// <exception cref="UserErrorException">There are no rows, or they do not fit the model.</exception>
    public static LoadTarget Of(V2Client client, Table rows, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.RowCount == 0)
        {
            throw new UserErrorException("The table has no rows to send. Expected at least one.");
        }

        var (output, width) = (V2Tensors.Of(client.Outputs.Kind), client.Outputs.Names.Length);
        return new LoadTarget
        {
            Address = client.InferAddress,
            Protocol = LoadProtocol.V2,
            Payloads = new FixedPayloads(
                Enumerable.Range(0, rows.RowCount).Select(row => (ReadOnlyMemory<byte>)V2Request.Write(rows, client.Inputs, row..(row + 1), output)), seed),
            Check = (status, body) => (int)status is < 200 or >= 300
                ? $"status {(int)status}"
                : V2Reply.Read(body, output, width <= 64 ? stackalloc float[width] : new float[width]),
        };
    }
}
