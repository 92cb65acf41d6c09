using System.Text;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using Xunit;

namespace MailIntake.Mail.Tests.Reading;

public sealed class AuthenticationTests
{
    private const string NetEase =
        "Received: from m15.example.com (unknown [192.0.2.1])\r\n\tby mx27 (Coremail) with SMTP id T8CowABn7_1234;\r\n\tThu, 20 Sep 2018 09:02:05 +0800 (CST)\r\n"
        + "DKIM-Signature: v=1\r\nAuthentication-Results: mx27; spf=fail smtp.mail=x@evil.example\r\n"
        + "From: a@example.com\r\nX-CM-TRANSID: forged\r\nX-CM-TRANSID: T8CowABn7_1234\r\n"
        + "Authentication-Results: mx27; spf=pa\r\n\tss smtp.mail=a@exam\r\n\tple.com; dkim=pass header.i=@example.com\r\n\r\nx";

    [Fact]
    public void NetEase_is_believed_by_its_transaction_id_and_the_last_header_counts()
    {
        var read = Read(NetEase);

        Assert.Equal(("pass", "pass", true), (read.Spf, read.Dkim, read.Trusted));
        Assert.Equal(("example.com", "example.com"), (read.SpfDomain, read.DkimDomain));
        Assert.True(read.Passed && read.Covers("example.com") && !read.Covers("other.com"));
    }

    [Theory]
    [InlineData("X-CM-TRANSID: T8CowABn7_1234\r\nAuth", "X-CM-TRANSID: another\r\nAuth")]
    [InlineData("Authentication-Results: mx27; spf=pa", "Authentication-Results: mx99; spf=pa")]
    [InlineData("by mx27 (Coremail)", "by mx27 (Postfix)")]
    [InlineData("id T8CowABn7_1234;", "id other;")]
    public void A_header_that_does_not_fit_the_transaction_is_not_believed(string was, string becomes) =>
        Assert.False(Read(NetEase.Replace(was, becomes, StringComparison.Ordinal)).Passed);

    [Fact]
    public void A_received_header_that_a_sender_wrote_below_the_top_proves_nothing() =>
        Assert.False(Read("Received: from a by real.example with ESMTP id 1; Thu, 20 Sep 2018 09:02:05 +0800\r\n" + NetEase).Trusted);

    [Theory]
    [InlineData("mx.home.example", true)]
    [InlineData("mx.foreign.example", false)]
    public void A_trusted_server_is_believed_above_the_first_foreign_hop(string server, bool trusted) =>
        Assert.Equal(trusted, Read($"Received: from x.example by mx.home.example; Thu, 20 Sep 2018 09:02:05 +0800\r\nAuthentication-Results: {server}; spf=pass smtp.mailfrom=a@b.example\r\n\r\nx", "mx.home.example").Passed);

    [Fact]
    public void A_header_forged_below_a_foreign_hop_is_never_believed()
    {
        const string Forged = "Authentication-Results: mx.home.example; dkim=pass header.d=example.com\r\n\r\nx";

        Assert.False(Read("Received: from y by relay.example; Thu, 20 Sep 2018 09:02:05 +0800\r\n" + Forged, "mx.home.example").Trusted);
        Assert.False(Read("Received: from y by mx.home.example; x\r\nReceived: from z by mx.home.example; x\r\n" + Forged, "mx.home.example").Trusted);
    }

    [Fact]
    public void A_result_that_a_sender_wrote_into_his_address_is_none() =>
        Assert.Equal("none", Read("Authentication-Results: mx; spf=fail smtp.mailfrom=\"a; dkim=pass\"@b.example (; dkim=pass); dkim=none\r\n\r\nx", "mx").Dkim);

    private static Authentication Read(string text, params string[] trusted) => Authentication.Read(MimeMessage.Read(Encoding.UTF8.GetBytes(text)), trusted);
}
