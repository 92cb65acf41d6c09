using System.Text;

namespace MailIntake.Mail.Mime;

/// <summary>Files that stand in a plain text as blocks of lines, each begun by a line with a mark.</summary>
/// <param name="mark">What such a line begins with; ASCII.</param>
/// <param name="tryRead">Reads a block.</param>
/// <param name="encoding">How its lines are encoded.</param>
internal sealed class TextBlocks(string mark, TextBlocks.Reader tryRead, TransferEncoding encoding)
{
    /// <summary>Files that are taken out of one text; what lies behind stays text.</summary>
    private const int Most = 100;

    private readonly byte[] _mark = Encoding.ASCII.GetBytes(mark);

    /// <summary>Reads the block whose first line begins at a place; false where there is none.</summary>
    /// <param name="body">The text.</param>
    /// <param name="start">Where the line begins, which has the mark.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="end">Behind the last line.</param>
    internal delegate bool Reader(ReadOnlySpan<byte> body, int start, out string name, out int end);

    /// <summary>The files in a text; none in one that is encoded itself.</summary>
    public IEnumerable<MimePart> FilesIn(MimePart text)
    {
        if (text.Encoding != TransferEncoding.Identity || text.MediaType == "text/html")
        {
            return [];
        }

        List<MimePart>? files = null;
        var body = text.RawBody;
        for (var position = 0; (files?.Count ?? 0) < Most && Next(body, position, out var name, out var start, out var end); position = end)
        {
            (files ??= []).Add(new MimePart(text, name, text.BodyStart + start, text.BodyStart + end, encoding));
        }

        return files ?? (IEnumerable<MimePart>)[];
    }

    /// <summary>The text without those files.</summary>
    public string Cut(string text)
    {
        if (!text.Contains(mark, StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var result = new StringBuilder();
        var position = 0;
        for (var files = 0; files < Most && Next(bytes, position, out _, out var start, out var end); files++)
        {
            result.Append(Encoding.UTF8.GetString(bytes.AsSpan(position, start - position)));
            position = end;
        }

        return position == 0 ? text : result.Append(Encoding.UTF8.GetString(bytes.AsSpan(position))).ToString();
    }

    private bool Next(ReadOnlySpan<byte> body, int from, out string name, out int start, out int end)
    {
        // Whether a line begins there is asked first: a line of nothing but marks must not be read once for each.
        for (var position = from; body[position..].IndexOf(_mark) is >= 0 and var found; position = start + _mark.Length)
        {
            start = position + found;
            if ((start == 0 || body[start - 1] is (byte)'\n' or (byte)'\r') && tryRead(body, start, out name, out end))
            {
                return true;
            }
        }

        (name, start, end) = ("", 0, 0);
        return false;
    }
}
