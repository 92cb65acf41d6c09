using System.Globalization;

namespace MailIntake.Mail.Smtp;

/// <summary>What the server offers in its answer to EHLO (RFC 5321 section 4.1.1.1).</summary>
internal sealed record SmtpExtensions
{
    /// <summary>STARTTLS (RFC 3207).</summary>
    public bool StartTls { get; private init; }

    /// <summary>8BITMIME (RFC 6152).</summary>
    public bool EightBitMime { get; private init; }

    /// <summary>SMTPUTF8 (RFC 6531).</summary>
    public bool Utf8 { get; private init; }

    /// <summary>PIPELINING (RFC 2920); NetEase does not offer it.</summary>
    public bool Pipelining { get; private init; }

    /// <summary>SIZE (RFC 1870) is offered; NetEase does not.</summary>
    public bool Size { get; private init; }

    /// <summary>Largest message in bytes; null where unlimited or not said.</summary>
    public long? MaxSize { get; private init; }

    /// <summary>Mechanisms of AUTH (RFC 4954), in capitals.</summary>
    public IReadOnlyCollection<string> Mechanisms { get; private init; } = [];

    public static SmtpExtensions Parse(SmtpReply reply)
    {
        var offered = new SmtpExtensions();
        foreach (var line in reply.Lines.Skip(1))
        {
            // Old servers write AUTH=LOGIN.
            var words = line.ToUpperInvariant().Replace("AUTH=", "AUTH ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            offered = words.Length == 0 ? offered : words[0] switch
            {
                "STARTTLS" => offered with { StartTls = true },
                "8BITMIME" => offered with { EightBitMime = true },
                "SMTPUTF8" => offered with { Utf8 = true },
                "PIPELINING" => offered with { Pipelining = true },
                "AUTH" => offered with { Mechanisms = [.. offered.Mechanisms, .. words[1..]] },
                "SIZE" => offered with
                {
                    Size = true,
                    MaxSize = words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null,
                },
                _ => offered,
            };
        }

        return offered;
    }
}
