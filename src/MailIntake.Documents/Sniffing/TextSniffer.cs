using System.Text;
using MailIntake.Documents.Text;

namespace MailIntake.Documents.Sniffing;

/// <summary>Tells texts apart: plain, HTML, XML, a mail, a script.</summary>
internal static class TextSniffer
{
    private static readonly string[] MailFields =
    [
        "from:", "to:", "subject:", "date:", "received:", "return-path:", "message-id:", "mime-version:", "content-type:", "delivered-to:", "x-mailer:", "reply-to:",
        "content-transfer-encoding:", "cc:", "sender:", "dkim-signature:",
    ];

    /// <summary>What text the bytes begin; null where they are no text.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="length">Length of the whole file.</param>
    public static SniffedFile? Sniff(ReadOnlySpan<byte> head, long length)
    {
        // The cut may fall inside a character: a few bytes less at the end.
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            var (text, charset) = TextDecoder.Decode(head[..^cut]);
            if (charset != Encoding.Latin1 && IsReadable(text))
            {
                return ByContent(text);
            }

            if (length == head.Length)
            {
                break;
            }
        }

        return null;
    }

    private static SniffedFile ByContent(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith("#!"))
        {
            return new SniffedFile(MediaTypes.Script, DocumentShape.Program);
        }

        if (start.StartsWith("@echo off", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<?php", StringComparison.OrdinalIgnoreCase))
        {
            return new SniffedFile(MediaTypes.Script, DocumentShape.Program);
        }

        if (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
        {
            var inner = start[..Math.Min(start.Length, 2048)];
            return inner.Contains("<html", StringComparison.OrdinalIgnoreCase)
                ? new SniffedFile(MediaTypes.Html, DocumentShape.Document)
                : new SniffedFile(MediaTypes.Xml, DocumentShape.Document);
        }

        foreach (var tag in (ReadOnlySpan<string>)["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<meta", "<p>", "<!--"])
        {
            if (start.StartsWith(tag, StringComparison.OrdinalIgnoreCase))
            {
                return new SniffedFile(MediaTypes.Html, DocumentShape.Document);
            }
        }

        return IsMail(start) ? new SniffedFile(MediaTypes.Mail, DocumentShape.Container) : new SniffedFile(MediaTypes.Plain, DocumentShape.Document);
    }

    private static bool IsMail(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("From ", StringComparison.Ordinal) && text.IndexOf('\n') is > 0 and var line)
        {
            text = text[(line + 1)..];
        }

        var known = 0;
        var first = true;
        foreach (var raw in text[..Math.Min(text.Length, 16_384)].EnumerateLines())
        {
            if (raw.IsEmpty)
            {
                break;
            }

            if (raw[0] is ' ' or '\t')
            {
                continue;
            }

            var colon = raw.IndexOf(':');
            if (colon <= 0 || raw[..colon].ContainsAnyExceptInRange('!', '~'))
            {
                return known >= 3;
            }

            foreach (var field in MailFields)
            {
                if (raw.StartsWith(field, StringComparison.OrdinalIgnoreCase))
                {
                    known++;
                    break;
                }
            }

            if (first && known == 0 && !raw.StartsWith("X-", StringComparison.OrdinalIgnoreCase) && raw.Length > 200)
            {
                return false;
            }

            first = false;
        }

        return known >= 2;
    }

    private static bool IsReadable(string text)
    {
        var odd = 0;
        foreach (var mark in text)
        {
            if (mark == 0)
            {
                return false;
            }

            odd += char.IsControl(mark) && mark is not ('\t' or '\r' or '\n' or '\f' or '\u001A' or '\u001B') ? 1 : 0;
        }

        return odd * 50 <= text.Length && text.Length > 0;
    }
}
