using System.Text;

namespace MailIntake.Simulation.Letters;

/// <summary>Mail that machines write: bounces and automatic answers.</summary>
public static class Reports
{
    /// <summary>NetEase's bounce (系统退信): no Auto-Submitted, no In-Reply-To, a delivery-status without per-message group.</summary>
    /// <param name="recipient">The address that does not exist.</param>
    /// <param name="originalMessageId">Message-ID of what was sent.</param>
    /// <param name="date">Date header, as written.</param>
    public static byte[] NetEaseBounce(string recipient, string originalMessageId, string date)
    {
        string text = Convert.ToBase64String(LetterWriter.EncodingOf("gbk").GetBytes(
            $"抱歉，您的邮件被退回来了……\r\n\r\n收 件 人：{recipient}\r\n退信原因：收件人不存在。\r\n"), Base64FormattingOptions.InsertLineBreaks);
        return Bytes($"""
            Received: from localhost (unknown [127.0.0.1])
            	by mx1 (Coremail) with SMTP id bounce-0001
            From: Postmaster@126.com
            To: qhdghgz@126.com
            Subject: =?GBK?B?z7XNs83L0MU=?=
            Date: {date}
            Message-ID: <5B8F2A11.0001.netease@mx1>
            X-CM-Original-Message-ID: {originalMessageId}
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
            	boundary="----=_NetEase_0001"

            ------=_NetEase_0001
            Content-Type: text/plain; charset=GBK
            Content-Transfer-Encoding: base64

            {text}
            ------=_NetEase_0001
            Content-Type: message/delivery-status

            Final-Recipient: rfc822;{recipient}
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 User not found: {recipient}

            ------=_NetEase_0001
            Content-Type: text/rfc822-headers

            From: qhdghgz@126.com
            To: {recipient}
            Message-ID: {originalMessageId}

            ------=_NetEase_0001--

            """);
    }

    /// <summary>A bounce by the book (RFC 3464, 6522).</summary>
    /// <param name="recipient">The address that was written to.</param>
    /// <param name="originalMessageId">Message-ID of what was sent.</param>
    /// <param name="status">Enhanced status, 5.1.1 or 4.4.1.</param>
    /// <param name="date">Date header, as written.</param>
    public static byte[] StandardBounce(string recipient, string originalMessageId, string status, string date)
    {
        string action = status.StartsWith('5') ? "failed" : "delayed";
        return Bytes($"""
            Return-Path: <>
            From: MAILER-DAEMON@mail.example.com (Mail Delivery System)
            To: qhdghgz@126.com
            Subject: Undelivered Mail Returned to Sender
            Date: {date}
            Message-ID: <20180911.{action}@mail.example.com>
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
            	boundary="B_20180911"

            --B_20180911
            Content-Description: Notification
            Content-Type: text/plain; charset=us-ascii

            This is the mail system at host mail.example.com.
            <{recipient}>: host said: {(action == "failed" ? "550 5.1.1 User unknown" : "451 4.4.1 Try again later")}

            --B_20180911
            Content-Description: Delivery report
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.example.com
            Arrival-Date: {date}

            Final-Recipient: rfc822; {recipient}
            Original-Recipient: rfc822;{recipient}
            Action: {action}
            Status: {status}
            Remote-MTA: dns; mail.example.com

            --B_20180911
            Content-Description: Undelivered Message Headers
            Content-Type: text/rfc822-headers

            From: qhdghgz@126.com
            To: {recipient}
            Message-ID: {originalMessageId}

            --B_20180911--

            """);
    }

    /// <summary>HTML of NetEase's cloud attachment (超大附件): the file itself is not in the mail.</summary>
    /// <param name="fileName">Name.</param>
    /// <param name="expires">End of the link.</param>
    public static string NetEaseCloudAttachment(string fileName, DateTimeOffset expires) => $"""
        <html><body><div>各位领导：视频较大，已用超大附件发送，请查收。</div>
        <div id="divNeteaseBigAttach" style="border:1px solid #b8d4e8"><div>从网易126邮箱发来的超大附件</div>
        <div><a href="https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE-HUGE-ATTACHMENT&amp;file=simulated0001" filename="{fileName}" filesize="134217728" expiretime="{expires.ToUnixTimeMilliseconds()}" download="https://mail.163.com/large-attachment-download/index.html?file=simulated0001">{fileName}</a>
        <span>(128.00M, {expires:yyyy'年'MM'月'dd'日' HH:mm} 到期)</span></div></div></body></html>
        """;

    private static byte[] Bytes(string message) => Encoding.ASCII.GetBytes(message.ReplaceLineEndings("\r\n"));
}
