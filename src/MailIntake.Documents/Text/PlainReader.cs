namespace MailIntake.Documents.Text;

/// <summary>Reads plain text in whatever charset it comes.</summary>
internal static class PlainReader
{
    /// <summary>The lines of the text as paragraphs.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxCharacters">Reading stops after that many characters.</param>
    public static Flow Read(Stream file, int maxCharacters)
    {
        var flow = new Flow();
        foreach (var line in ReadText(file, maxCharacters, flow).AsSpan().EnumerateLines())
        {
            flow.Blocks.Add(new FlowParagraph(line.ToString().Replace('\t', ' ').Replace("\f", string.Empty, StringComparison.Ordinal)));
        }

        if (flow.Blocks is [.., FlowParagraph { Text.Length: 0 }])
        {
            flow.Blocks.RemoveAt(flow.Blocks.Count - 1);
        }

        return flow;
    }

    /// <summary>The whole text, cut at the bound.</summary>
    internal static string ReadText(Stream file, int maxCharacters, Flow flow)
    {
        var bytes = new byte[(int)Math.Min(file.Length, (maxCharacters * 4L) + 4)];
        file.Position = 0;
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        flow.IsCut |= file.Length > bytes.Length;
        return TextDecoder.Decode(bytes.AsSpan(0, read)).Text;
    }
}
