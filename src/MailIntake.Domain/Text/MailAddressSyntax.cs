namespace MailIntake.Domain.Text;

/// <summary>What an operator may write as a mail address in a campaign file or a roster: <c>local@domain.tld</c>, nothing around it.</summary>
internal static class MailAddressSyntax
{
    /// <summary>The text is one plain address: no display name, no spaces, a domain of at least two labels.</summary>
    public static bool IsAddress(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || at != text.LastIndexOf('@') || text.Length > 254)
        {
            return false;
        }

        var local = text.AsSpan(0, at);
        var domain = text[(at + 1)..];
        return !local.StartsWith(".") && !local.EndsWith(".") && !local.Contains("..", StringComparison.Ordinal)
            && local.IndexOfAnyExcept(LocalCharacters) < 0
            && domain.Contains('.', StringComparison.Ordinal)
            && domain.Split('.').All(IsLabel);
    }

    private static readonly System.Buffers.SearchValues<char> LocalCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~");

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
