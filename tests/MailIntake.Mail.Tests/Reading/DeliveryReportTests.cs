using System.Text;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using Xunit;

namespace MailIntake.Mail.Tests.Reading;

public sealed class DeliveryReportTests
{
    [Fact]
    public void A_report_of_NetEase_without_a_group_for_the_message_is_read()
    {
        var report = Read(
            "From: Postmaster@126.com\nSubject: =?gbk?B?z7XNs83L0MU=?=\nX-CM-Original-Message-ID: <r-1@example.com>\n"
            + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n退信\n--b\n"
            + "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; HGQ@Example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 Invalid User\n--b--\n");

        Assert.Equal("<r-1@example.com>", report?.OriginalMessageId);
        var recipient = Assert.Single(report!.Recipients);
        Assert.Equal(new RecipientReport("HGQ@example.com", "failed", "5.1.1", "550 Invalid User"), recipient);
        Assert.True(recipient.IsPermanent);
    }

    [Fact]
    public void A_report_of_two_recipients_names_the_addresses_written_to_and_the_returned_mail()
    {
        var report = Read(
            "From: MAILER-DAEMON@mx.example\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nwords\n--b\n"
            + "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\nArrival-Date: Thu, 20 Sep 2018 09:02:03 +0800\n\n"
            + "Original-Recipient: rfc822;a@example.com\nFinal-Recipient: rfc822;z@other.example\nAction: delayed\nStatus: 4.4.1\n\n"
            + "Final-Recipient: rfc822; b@example.com\nAction: failed\nStatus: 5.0.0 (full)\n\n--b\n"
            + "Content-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID: <r-2@example.com>\n--b--\n");

        Assert.Equal("<r-2@example.com>", report?.OriginalMessageId);
        Assert.Equal(["a@example.com", "b@example.com"], report!.Recipients.Select(one => one.Address));
        Assert.Equal(["delayed", "failed"], report.Recipients.Select(one => one.Action));
        Assert.Equal([false, true], report.Recipients.Select(one => one.IsPermanent));
    }

    [Fact]
    public void A_bounce_in_words_alone_gives_address_status_and_id()
    {
        var report = Read(
            "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: qhdghgz@example.com\nSubject: failure notice\n\nHi. This is the program at mx.example.\n\n"
            + "<hgq@example.com>:\n550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\nFrom: qhdghgz@example.com\nTo: other@example.com\nMessage-ID: <r-3@example.com>\n");

        Assert.Equal("<r-3@example.com>", report?.OriginalMessageId);
        var recipient = Assert.Single(report!.Recipients);
        Assert.Equal(("hgq@example.com", "failed", "5.1.1"), (recipient.Address, recipient.Action, recipient.Status));
    }

    [Fact]
    public void A_mail_of_a_person_is_no_report() => Assert.Null(Read("From: a@example.com\nSubject: 系统退信\n\n收到退信，请查。"));

    private static DeliveryReport? Read(string text) => DeliveryReport.TryRead(MimeMessage.Read(Encoding.UTF8.GetBytes(text)));
}
