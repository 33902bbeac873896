namespace Assay.Comparing;

/// <summary>The scores of one run that shares no sample with the other.</summary>
/// <param name="Values">One a sample.</param>
/// <param name="Clusters">Their clusters; empty when they are independent.</param>
sealed record IndependentValues(double[] Values, int[] Clusters)
{
    public static IndependentValues Of(NumberColumn column, ScoreColumns columns)
    {
        int[] scored = [.. Enumerable.Range(0, columns.Ids.Count).Where(index => !double.IsNaN(column[index]))];
        int[] clusters = [.. scored.Select(index => columns.Clusters[index])];
        return new IndependentValues([.. scored.Select(index => column[index])], LabelColumn.AreClusters(clusters) ? clusters : []);
    }
}
