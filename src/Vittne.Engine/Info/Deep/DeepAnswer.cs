namespace Vittne.Engine.Info.Deep;

/// <summary>The answer to a question that an analyst asks of a capture.</summary>
/// <param name="Question">Name of the question, words joined by underscores.</param>
/// <param name="Answer">The answer; <c>unknown</c> is one.</param>
/// <param name="Confidence">How far it can be relied on.</param>
/// <param name="Evidence">What it rests on.</param>
public sealed record DeepAnswer(string Question, string Answer, Confidence Confidence, IReadOnlyList<DeepFact> Evidence)
{
    /// <summary>The answer when there is no evidence.</summary>
    public const string Unknown = "unknown";
}
