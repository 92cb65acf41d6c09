using System.Text;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using Xunit;

namespace MailIntake.Mail.Tests.Reading;

public sealed class AutomaticMailTests
{
    [Theory]
    [InlineData("Subject: 材料", MailOrigin.Person)]
    [InlineData("Auto-Submitted: no", MailOrigin.Person)]
    [InlineData("Return-Path: <a@example.com>", MailOrigin.Person)]
    [InlineData("Subject: Re: 自动回复: 收到", MailOrigin.Person)]
    [InlineData("Auto-Submitted: auto-replied (vacation)", MailOrigin.AutomaticReply)]
    [InlineData("Auto-Submitted: auto-generated; x=y", MailOrigin.AutomaticReply)]
    [InlineData("X-Autoreply: yes", MailOrigin.AutomaticReply)]
    [InlineData("X-Autorespond: yes", MailOrigin.AutomaticReply)]
    [InlineData("X-Auto-Response-Suppress: All", MailOrigin.AutomaticReply)]
    [InlineData("Precedence: auto_reply", MailOrigin.AutomaticReply)]
    [InlineData("Return-Path: <>", MailOrigin.AutomaticReply)]
    [InlineData("Subject: =?gb2312?B?19S2r7vYuLQ6IM2o1qo=?=", MailOrigin.AutomaticReply)]
    [InlineData("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", MailOrigin.AutomaticReply)]
    [InlineData("From: postmaster@example.com", MailOrigin.AutomaticReply)]
    [InlineData("Precedence: Bulk", MailOrigin.List)]
    [InlineData("Precedence: junk", MailOrigin.List)]
    [InlineData("List-Id: <x>", MailOrigin.List)]
    [InlineData("List-Unsubscribe: <x>", MailOrigin.List)]
    [InlineData("From: Postmaster@126.com\r\nSubject: 系统退信", MailOrigin.DeliveryReport)]
    [InlineData("From: MAILER-DAEMON (Mail Delivery System)\r\nSubject: Undelivered Mail Returned to Sender", MailOrigin.DeliveryReport)]
    [InlineData("Return-Path: <>\r\nSubject: failure notice", MailOrigin.DeliveryReport)]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b", MailOrigin.DeliveryReport)]
    public void Mail_is_told_apart_by_its_headers(string headers, MailOrigin origin) =>
        Assert.Equal(origin, AutomaticMail.Classify(MimeMessage.Read(Encoding.UTF8.GetBytes(headers + "\r\n\r\nx"))));
}
