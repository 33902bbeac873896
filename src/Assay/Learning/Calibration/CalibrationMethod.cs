namespace Assay.Learning.Calibration;

/// <summary>How probabilities are corrected.</summary>
public enum CalibrationMethod
{
    /// <summary>1 / (1 + e^(A p + B)) of the probability p itself: scikit-learn's 'sigmoid'. Needs few rows, and bends probabilities that were right already.</summary>
    Sigmoid,

    /// <summary>The same of the log odds ln(p / (1 - p)): leaves probabilities that are right as they are. For models that give probabilities.</summary>
    SigmoidOfLogOdds,

    /// <summary>Any rising function, scikit-learn's 'isotonic'. Needs a thousand rows or so; fewer are overfitted.</summary>
    Isotonic,
}
