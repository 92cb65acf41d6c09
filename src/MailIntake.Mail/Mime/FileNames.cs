namespace MailIntake.Mail.Mime;

/// <summary>The file name of a part where two headers may each tell one.</summary>
internal static class FileNames
{
    public static string? Of(HeaderParameters disposition, HeaderParameters contentType)
    {
        var declared = disposition.FindText("filename");
        if (string.IsNullOrEmpty(declared) || IsGarbled(declared))
        {
            // Some clients write the disposition's name in a charset nobody declared, and the type's name properly.
            var other = contentType.FindText("name") ?? disposition.FindText("name");
            declared = string.IsNullOrEmpty(other) || (IsGarbled(other) && !string.IsNullOrEmpty(declared)) ? declared : other;
        }

        return string.IsNullOrEmpty(declared) ? null : declared;
    }

    private static bool IsGarbled(string name) => name.Contains('\uFFFD') || name.StartsWith("???", StringComparison.Ordinal);
}
