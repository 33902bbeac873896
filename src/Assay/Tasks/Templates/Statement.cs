using System.Text;

namespace Assay.Tasks.Templates;

/// <summary>A node that writes text.</summary>
abstract class Statement
{
    public abstract void Render(Scope scope, StringBuilder output);

    public static void RenderAll(IReadOnlyList<Statement> body, Scope scope, StringBuilder output)
    {
        foreach (var statement in body)
        {
            statement.Render(scope, output);
        }
    }
}

sealed class TextStatement(string text) : Statement
{
    public override void Render(Scope scope, StringBuilder output) => output.Append(text);
}

sealed class PrintStatement(Expression expression) : Statement
{
    public Expression Expression => expression;

    public override void Render(Scope scope, StringBuilder output)
    {
        var value = expression.Evaluate(scope);
        try
        {
            output.Append(PythonText.Str(value));
        }
        catch (TemplateFault fault)
        {
            throw fault.At(expression.Position);
        }
    }
}

sealed class IfStatement(IReadOnlyList<(Expression Condition, IReadOnlyList<Statement> Body)> branches, IReadOnlyList<Statement> otherwise) : Statement
{
    public override void Render(Scope scope, StringBuilder output)
    {
        foreach (var (condition, body) in branches)
        {
            if (Targets.Holds(condition, scope))
            {
                RenderAll(body, scope, output);
                return;
            }
        }

        RenderAll(otherwise, scope, output);
    }
}

sealed class SetStatement(IReadOnlyList<string> names, Expression value) : Statement
{
    public override void Render(Scope scope, StringBuilder output) => Targets.Assign(scope, names, value.Evaluate(scope), value.Position);
}

/// <summary><c>{% set ns.x = value %}</c>, which outlives the loop it stands in.</summary>
sealed class SetAttributeStatement(Token owner, string name, Expression value) : Statement
{
    public override void Render(Scope scope, StringBuilder output)
    {
        if (scope.Find(owner.Text) is not NamespaceValue values)
        {
            throw new TemplateFault($"'{owner.Text}' is not a namespace; only namespace(...) can be set this way", owner.Position);
        }

        values.Set(name, value.Evaluate(scope));
    }
}

/// <summary><c>{% set x %}...{% endset %}</c>: the name gets the text in between.</summary>
sealed class SetBlockStatement(string name, IReadOnlyList<Statement> body) : Statement
{
    public override void Render(Scope scope, StringBuilder output)
    {
        var text = new StringBuilder();
        RenderAll(body, scope.Inner(), text);
        scope.Set(name, text.ToString());
    }
}

sealed class ForStatement(
    IReadOnlyList<string> names, Expression source, Expression? condition, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise) : Statement
{
    public override void Render(Scope scope, StringBuilder output)
    {
        var items = Items(scope);
        for (var i = 0; i < items.Count; i++)
        {
            var inner = scope.Inner();
            inner.Set("loop", Loop(i, items.Count));
            Targets.Assign(inner, names, items[i], source.Position);
            RenderAll(body, inner, output);
        }

        if (items.Count == 0)
        {
            RenderAll(otherwise, scope.Inner(), output);
        }
    }

    List<object?> Items(Scope scope)
    {
        try
        {
            return [.. PythonValue.Items(source.Evaluate(scope), "for").Where(item => Holds(scope, item))];
        }
        catch (TemplateFault fault)
        {
            throw fault.At(source.Position);
        }
    }

    bool Holds(Scope scope, object? item)
    {
        if (condition is null)
        {
            return true;
        }

        var inner = scope.Inner();
        Targets.Assign(inner, names, item, source.Position);
        return Targets.Holds(condition, inner);
    }

    static Dictionary<string, object?> Loop(int index, int count) => new(StringComparer.Ordinal)
    {
        ["index"] = index + 1L,
        ["index0"] = (long)index,
        ["revindex"] = (long)(count - index),
        ["revindex0"] = count - index - 1L,
        ["first"] = index == 0,
        ["last"] = index == count - 1,
        ["length"] = (long)count,
    };
}

/// <summary>What <c>set</c> and <c>for</c> assign to, and what <c>if</c> asks.</summary>
static class Targets
{
    public static void Assign(Scope scope, IReadOnlyList<string> names, object? value, int position)
    {
        if (names.Count == 1)
        {
            scope.Set(names[0], value);
            return;
        }

        if (value is not IReadOnlyList<object?> parts || parts.Count != names.Count)
        {
            throw new TemplateFault($"{PythonValue.Describe(value)} cannot be taken apart into {string.Join(", ", names)}", position);
        }

        for (var i = 0; i < names.Count; i++)
        {
            scope.Set(names[i], parts[i]);
        }
    }

    public static bool Holds(Expression condition, Scope scope)
    {
        try
        {
            return PythonValue.IsTrue(condition.Evaluate(scope));
        }
        catch (TemplateFault fault)
        {
            throw fault.At(condition.Position);
        }
    }
}
