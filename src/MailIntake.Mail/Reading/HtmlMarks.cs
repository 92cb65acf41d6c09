using AngleSharp.Dom;

namespace MailIntake.Mail.Reading;

/// <summary>How clients mark quotes, signatures and files that were not sent in their HTML.</summary>
internal static class HtmlMarks
{
    /// <summary>A reply's quotation: NetEase, Gmail, Apple, Thunderbird. A blockquote alone may be the writer's own indentation.</summary>
    public static bool IsQuote(IElement element) =>
        element.LocalName switch
        {
            "blockquote" => element.Id == "isReplyContent" || element.GetAttribute("type") == "cite" || HasClass(element, "gmail_quote"),
            "div" => HasClass(element, "ntes-mailmaster-quote"),
            _ => false,
        };

    /// <summary>NetEase's forwarded content.</summary>
    public static bool IsForward(IElement element) => element.Id == "isForwardContent";

    /// <summary>A signature: Gmail, QQ, NetEase's Mail Master, Outlook, Apple.</summary>
    public static bool IsSignature(IElement element) =>
        element.LocalName == "sign" || element.Id is "AppleMailSignature" or "Signature" or "ms-outlook-mobile-signature" or "ntes-pcmail-signature"
        || HasClass(element, "gmail_signature") || HasClass(element, "mail-signature") || HasClass(element, "moz-signature");

    /// <summary>The short rule that Foxmail draws above its signature.</summary>
    public static bool IsSignatureRule(IElement element) =>
        element.GetAttribute("style") is { } style && style.Replace(" ", "", StringComparison.Ordinal).Contains("width:210px", StringComparison.OrdinalIgnoreCase);

    /// <summary>NetEase's block for files that were not sent (超大附件), personal or enterprise.</summary>
    public static bool IsNetEaseBlock(IElement element) => element.Id is "divNeteaseBigAttach" or "divNeteaseSiriusCloudAttach";

    private static bool HasClass(IElement element, string name) => element.ClassList.Contains(name);
}
