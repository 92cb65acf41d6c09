using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MailIntake.Mail.Reading;

/// <summary>HTML as text: scripts, styles and what is hidden left out, blocks on lines of their own, quotes marked with <c>&gt;</c>.</summary>
internal static class HtmlText
{
    private const int LongestHtml = 4 * 1024 * 1024;
    private const int DeepestHtml = 1_000;
    private const int MostTags = 200_000;

    // Making one costs more than a short letter does; it is no more than its settings, but made for one caller at a time.
    [ThreadStatic]
    private static HtmlParser? _parser;

    private static readonly HashSet<string> Left = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "head", "title", "template", "object", "svg", "select", "textarea", "meta", "link",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "section", "article",
        "header", "footer", "center", "dl", "dt", "dd", "fieldset", "form", "sign", "includetail", "body",
    };

    /// <summary>Appends the text of a document and its links; false where it says nothing.</summary>
    public static bool Append(string html, BodyText body)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return false;
        }

        var before = body.Text.Length;
        var text = html.Length > LongestHtml ? html[..LongestHtml] : html;
        if (IsNoLetter(text))
        {
            // So many elements are no letter; a tree of them would cost memory by their number and time by the square of their depth.
            AppendWithoutTags(text, body.Text);
        }
        else
        {
            using var document = (_parser ??= new HtmlParser()).ParseDocument(text);
            if (document.Body is { } root)
            {
                new Writer(body).Write(root);
            }
        }

        body.Text.Append('\n');
        return !string.IsNullOrWhiteSpace(body.Text.ToString(before, body.Text.Length - before));
    }

    private static bool IsNoLetter(string html)
    {
        int open = 0, deepest = 0, tags = 0;
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0 && i + 1 < html.Length; i = html.IndexOf('<', i + 1))
        {
            open += html[i + 1] == '/' ? -1 : char.IsAsciiLetter(html[i + 1]) && !IsVoid(html.AsSpan(i + 1)) ? 1 : 0;
            open = Math.Max(open, 0);
            deepest = Math.Max(deepest, open);
            tags++;
        }

        return deepest > DeepestHtml || tags > MostTags;
    }

    private static bool IsVoid(ReadOnlySpan<char> tag)
    {
        foreach (var name in (ReadOnlySpan<string>)["br", "img", "hr", "meta", "link", "input", "p>", "p ", "li", "td", "tr", "o:p", "col"])
        {
            if (tag.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void AppendWithoutTags(string html, StringBuilder text)
    {
        var position = 0;
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            text.Append(html.AsSpan(position, (open < 0 ? html.Length : open) - position)).Append(' ');
            var close = open < 0 ? -1 : html.IndexOf('>', open);
            position = close < 0 ? html.Length : close + 1;
        }
    }

    private sealed class Writer(BodyText body)
    {
        private readonly StringBuilder _text = body.Text;
        private int _quotes;
        private int _netEase;
        private bool _lineStarted;
        private bool _space;

        /// <summary>Walks the tree without recursion: its depth is the sender's.</summary>
        public void Write(INode root)
        {
            var node = root;
            while (true)
            {
                if (Enter(node) && node.FirstChild is { } child)
                {
                    node = child;
                    continue;
                }

                while (true)
                {
                    Leave(node);
                    if (node == root)
                    {
                        return;
                    }

                    if (node.NextSibling is { } sibling)
                    {
                        node = sibling;
                        break;
                    }

                    node = node.Parent!;
                }
            }
        }

        private bool Enter(INode node)
        {
            if (node is IText text)
            {
                Text(text.Data);
                return false;
            }

            if (node is not IElement element || Left.Contains(element.LocalName) || IsHidden(element))
            {
                return false;
            }

            if (Blocks.Contains(element.LocalName))
            {
                EndLine();
            }

            _quotes += HtmlMarks.IsQuote(element) ? 1 : 0;
            _netEase += HtmlMarks.IsNetEaseBlock(element) ? 1 : 0;
            switch (element.LocalName)
            {
                case "br":
                    StartLine();
                    NewLine();
                    break;
                case "hr":
                    Line(HtmlMarks.IsSignatureRule(element) ? "-- " : "");
                    break;
                case "a":
                    Link(element);
                    break;
                case "td" or "th" when _lineStarted:
                    _space = true;
                    break;
                default:
                    if (HtmlMarks.IsForward(element))
                    {
                        Line("---------- Forwarded message ----------");
                    }
                    else if (HtmlMarks.IsSignature(element))
                    {
                        Line("-- ");
                    }

                    break;
            }

            return true;
        }

        private void Leave(INode node)
        {
            if (node is not IElement element)
            {
                return;
            }

            if (Blocks.Contains(element.LocalName))
            {
                EndLine();
                if (element.LocalName == "p")
                {
                    NewLine();
                }
            }

            _quotes -= HtmlMarks.IsQuote(element) && !IsHidden(element) ? 1 : 0;
            _netEase -= HtmlMarks.IsNetEaseBlock(element) && !IsHidden(element) ? 1 : 0;
        }

        private void Text(string data)
        {
            foreach (var c in data)
            {
                if (char.IsWhiteSpace(c) || c is '\0' or '\u200B' or '\uFEFF')
                {
                    _space |= _lineStarted && c is not ('\u200B' or '\uFEFF');
                    continue;
                }

                StartLine();
                if (_space)
                {
                    _text.Append(' ');
                    _space = false;
                }

                _text.Append(c);
            }
        }

        private void Link(IElement element)
        {
            if (element.GetAttribute("href") is not { Length: > 0 } url)
            {
                return;
            }

            StartLine();
            var expires = element.GetAttribute("expiretime") ?? element.GetAttribute("expired");
            body.Links.Add(new BodyLink(
                _text.Length,
                url.Trim(),
                element.TextContent.Trim(),
                element.GetAttribute("filename") is { Length: > 0 } name ? name.Trim() : null,
                long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : null,
                _netEase > 0));
        }

        private void StartLine()
        {
            if (!_lineStarted)
            {
                _lineStarted = true;
                _space = false;
                _text.Append('>', _quotes);
                if (_quotes > 0)
                {
                    _text.Append(' ');
                }
            }
        }

        private void EndLine()
        {
            if (_lineStarted)
            {
                NewLine();
            }
        }

        private void NewLine()
        {
            _text.Append('\n');
            _lineStarted = _space = false;
        }

        private void Line(string text)
        {
            EndLine();
            StartLine();
            _text.Append(text);
            NewLine();
        }

        private static bool IsHidden(IElement element) =>
            element.GetAttribute("style") is { } style
            && style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase);
    }
}
