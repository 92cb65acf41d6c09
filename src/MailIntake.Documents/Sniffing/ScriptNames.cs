namespace MailIntake.Documents.Sniffing;

/// <summary>Names under which an office desktop runs a file that looks like plain text.</summary>
internal static class ScriptNames
{
    private static readonly string[] Endings =
    [
        ".bat", ".cmd", ".com", ".hta", ".js", ".jse", ".msc", ".pif", ".ps1", ".psm1", ".reg", ".scf", ".scr", ".sct", ".vb", ".vbe", ".vbs", ".wsc", ".wsf", ".wsh",
    ];

    /// <summary>Opening a file of that name runs it.</summary>
    public static bool IsScript(string fileName) =>
        Array.Exists(Endings, e => fileName.AsSpan().TrimEnd(" .").EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
