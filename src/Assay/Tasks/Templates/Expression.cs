namespace Assay.Tasks.Templates;

/// <summary>A node that has a value. Faults get the position of the innermost node that raised them.</summary>
abstract class Expression(int position)
{
    public int Position => position;

    public object? Evaluate(Scope scope)
    {
        try
        {
            var value = Compute(scope);
            return scope.Dialect == TemplateDialect.Chat && value is Undefined { Lenient: false } missing ? missing with { Lenient = true } : value;
        }
        catch (TemplateFault fault) when (fault.Position < 0)
        {
            throw fault.At(position);
        }
    }

    protected abstract object? Compute(Scope scope);
}

sealed class Constant(int position, object? value) : Expression(position)
{
    protected override object? Compute(Scope scope) => value;
}

sealed class NameReference(int position, string name) : Expression(position)
{
    public string Name => name;

    protected override object? Compute(Scope scope) => scope.Find(name);
}

sealed class ListLiteral(int position, IReadOnlyList<Expression> items) : Expression(position)
{
    public IReadOnlyList<Expression> Items => items;

    protected override object? Compute(Scope scope) => items.Select(item => item.Evaluate(scope)).ToList();
}

sealed class TupleLiteral(int position, IReadOnlyList<Expression> items) : Expression(position)
{
    public IReadOnlyList<Expression> Items => items;

    protected override object? Compute(Scope scope) => new TupleValue([.. items.Select(item => item.Evaluate(scope))]);
}

sealed class DictionaryLiteral(int position, IReadOnlyList<(Expression Key, Expression Value)> entries) : Expression(position)
{
    public IReadOnlyList<(Expression Key, Expression Value)> Entries => entries;

    protected override object? Compute(Scope scope)
    {
        var dictionary = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            var name = key.Evaluate(scope);
            dictionary[name as string ?? throw new TemplateFault($"the key {PythonValue.Describe(name)}; keys of a dict are texts here")] =
                value.Evaluate(scope);
        }

        return dictionary;
    }
}

sealed class AttributeAccess(int position, Expression target, string name) : Expression(position)
{
    protected override object? Compute(Scope scope) => ValueMethods.Attribute(target.Evaluate(scope), name);
}

sealed class IndexAccess(int position, Expression target, Expression index) : Expression(position)
{
    protected override object? Compute(Scope scope) => PythonValue.Index(target.Evaluate(scope), index.Evaluate(scope));
}

sealed class SliceAccess(int position, Expression target, Expression? start, Expression? stop, Expression? step) : Expression(position)
{
    protected override object? Compute(Scope scope) =>
        PythonValue.Slice(target.Evaluate(scope), start?.Evaluate(scope), stop?.Evaluate(scope), step?.Evaluate(scope));
}

/// <summary>The arguments of a call, a filter or a test as they are written.</summary>
sealed record ArgumentList(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static ArgumentList Empty { get; } = new([], []);

    public Arguments Evaluate(string owner, Scope scope) => new(
        owner,
        [.. Positional.Select(argument => argument.Evaluate(scope))],
        Named.ToDictionary(argument => argument.Name, argument => argument.Value.Evaluate(scope), StringComparer.Ordinal));
}

sealed class Call(int position, Expression target, ArgumentList arguments) : Expression(position)
{
    protected override object? Compute(Scope scope) => target.Evaluate(scope) switch
    {
        Callable callable => callable.Body(arguments.Evaluate(callable.Name, scope)),
        Undefined undefined => throw undefined.Fault(),
        var value => throw new TemplateFault($"{PythonValue.Describe(value)} cannot be called"),
    };
}

sealed class FilterCall(int position, Expression target, string name, Func<object?, Arguments, object?> filter, ArgumentList arguments) : Expression(position)
{
    protected override object? Compute(Scope scope)
    {
        var value = target.Evaluate(scope);
        return value is Undefined { Lenient: false } undefined && name is not ("default" or "d")
            ? throw undefined.Fault()
            : filter(value, arguments.Evaluate(name, scope));
    }
}

sealed class TestCall(int position, Expression target, Func<object?, bool> test) : Expression(position)
{
    protected override object? Compute(Scope scope) => test(target.Evaluate(scope));
}

sealed class Negation(int position, Expression operand) : Expression(position)
{
    public Expression Operand => operand;

    protected override object? Compute(Scope scope) => Operators.Negate(operand.Evaluate(scope));
}

sealed class Not(int position, Expression operand) : Expression(position)
{
    protected override object? Compute(Scope scope) => !PythonValue.IsTrue(operand.Evaluate(scope));
}

sealed class Binary(int position, string symbol, Expression left, Expression right) : Expression(position)
{
    readonly Func<object?, object?, object?> _compute = Operators.Binary(symbol);

    protected override object? Compute(Scope scope) => _compute(left.Evaluate(scope), right.Evaluate(scope));
}

/// <summary>Python's <c>and</c> and <c>or</c>: the operand that decided.</summary>
sealed class Junction(int position, bool isAnd, Expression left, Expression right) : Expression(position)
{
    protected override object? Compute(Scope scope)
    {
        var value = left.Evaluate(scope);
        return PythonValue.IsTrue(value) == isAnd ? right.Evaluate(scope) : value;
    }
}

/// <summary><c>a &lt; b &lt;= c</c>: every neighbouring pair must hold.</summary>
sealed class Comparison(int position, Expression first, IReadOnlyList<(string Symbol, Expression Operand)> rest) : Expression(position)
{
    protected override object? Compute(Scope scope)
    {
        var left = first.Evaluate(scope);
        foreach (var (symbol, operand) in rest)
        {
            var right = operand.Evaluate(scope);
            if (!Operators.Comparison(symbol)(left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }
}

sealed class Conditional(int position, Expression condition, Expression whenTrue, Expression? whenFalse) : Expression(position)
{
    protected override object? Compute(Scope scope) => PythonValue.IsTrue(condition.Evaluate(scope))
        ? whenTrue.Evaluate(scope)
        : whenFalse is null ? new Undefined("the 'if' did not hold and there is no 'else'") : whenFalse.Evaluate(scope);
}
