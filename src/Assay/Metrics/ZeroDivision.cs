namespace Assay.Metrics;

/// <summary>What an undefined value of one class counts as in an average (scikit-learn's <c>zero_division</c>).</summary>
public enum ZeroDivision
{
    /// <summary>0: a class that is never predicted lowers the precision. The default, as in scikit-learn.</summary>
    Zero,

    /// <summary>1.</summary>
    One,

    /// <summary>Nothing: the class is left out of the average (<c>zero_division=nan</c> of scikit-learn 1.3 and later).</summary>
    LeaveOut,
}
