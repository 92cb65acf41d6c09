namespace MailIntake.Intake.Matching;

/// <summary>Knows the signed tokens in the subjects of our letters.</summary>
internal interface IReplyTokens
{
    /// <summary>Code of the unit that a token in the text names, its signature verified; null where there is none.</summary>
    string? FindUnit(string text);
}

/// <summary>Knows no token: for <c>inspect</c>, which has no key.</summary>
internal sealed class NoReplyTokens : IReplyTokens
{
    /// <inheritdoc/>
    public string? FindUnit(string text) => null;
}
