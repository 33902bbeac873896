using System.Text;
using Assay.Data;
using Assay.Models;

namespace Assay.Tests.Models;

public class V2RequestTests
{
    static readonly Table _table = new(
    [
        new NumericColumn("x", ColumnKind.Number, [0.1, double.NaN, 1e300]),
        new NumericColumn("n", ColumnKind.Integer, [-1, 9007199254740992, double.NaN]),
        new NumericColumn("b", ColumnKind.Boolean, [1, 0, double.NaN]),
        CategoryColumn.FromTexts("c", ["a\"", null, ""]),
    ]);

    [Fact]
    public void A_tensor_per_input_in_the_order_of_the_inputs_with_null_for_a_missing_value() => Assert.Equal(
        """{"inputs":[{"name":"c","shape":[3],"datatype":"BYTES","data":["a\u0022",null,""]},{"name":"x","shape":[3],"datatype":"FP64","data":[0.1,null,1E+300]},{"name":"n","shape":[3],"datatype":"INT64","data":[-1,9007199254740992,null]},{"name":"b","shape":[3],"datatype":"BOOL","data":[true,false,null]}],"outputs":[{"name":"probabilities"}]}""",
        Text(V2Request.Write(_table, [new("c", ColumnKind.Category), new("x", ColumnKind.Number), new("n", ColumnKind.Integer), new("b", ColumnKind.Boolean)])));

    [Fact]
    public void A_range_chooses_rows() => Assert.Equal(
        """{"inputs":[{"name":"b","shape":[2],"datatype":"BOOL","data":[false,null]}],"outputs":[{"name":"probabilities"}]}""",
        Text(V2Request.Write(_table, [new("b", ColumnKind.Boolean)], 1..)));

    [Theory]
    [InlineData("x", ColumnKind.Integer)]
    [InlineData("x", ColumnKind.Boolean)]
    [InlineData("c", ColumnKind.Number)]
    [InlineData("missing", ColumnKind.Number)]
    public void What_does_not_fit_is_the_users_error(string column, ColumnKind kind) =>
        Assert.Throws<UserErrorException>(() => V2Request.Write(_table, [new(column, kind)]));

    static string Text(byte[] body) => Encoding.UTF8.GetString(body);
}
