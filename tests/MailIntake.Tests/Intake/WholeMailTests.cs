using System.Text;

using MailIntake.Domain.Completeness;
using MailIntake.Storage.Database;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

/// <summary>Mail that came in pieces, without its files, encrypted, or signed.</summary>
public class WholeMailTests
{
    private const string Title = "职工码上议事厅平台";

    [Theory]
    [InlineData("message/partial; id=\"x@example.com\"; number=1; total=2", "拆分为多封")]
    [InlineData("message/external-body; access-type=URL; URL=\"https://files.example.com/a\"", "存放地址")]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data", "加密")]
    public async Task Material_that_did_not_come_whole_is_said_to_be_so(string type, string words)
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Piece(type, "piece@example.com", "Subject: whole\r\n\r\nhalf"));

        Assert.Contains(FindingsJson.Read(mail.FindingsJson), f => f.Message.Contains(words, StringComparison.Ordinal));
        Assert.Equal(type.StartsWith("message/", StringComparison.Ordinal) ? 0 : 1, (await bench.ReadAsync(d => d.Materials)).Count);
    }

    [Fact]
    public async Task Each_piece_of_a_mail_is_answered_and_asks_for_the_whole()
    {
        await using var bench = await IntakeBench.OpenAsync();
        for (var number = 1; number <= 2; number++)
        {
            var piece = await bench.ReceiveAsync(Piece(
                $"message/partial; id=\"x@example.com\"; number={number}; total=2", $"piece{number}@example.com", $"Subject: whole\r\nContent-Type: text/plain\r\n\r\n总结材料 {number}"));
            Assert.Equal(MessageState.Filed, piece.State);
        }

        var letters = (await bench.OutboxAsync()).Where(l => l.Kind == "receipt").ToList();
        Assert.Equal(2, letters.Count);
        Assert.All(letters, l => Assert.Contains("来件被拆分，内容不完整", l.PayloadJson, StringComparison.Ordinal));
        Assert.All(letters, l => Assert.Contains("以一封完整的邮件重新报送", l.PayloadJson, StringComparison.Ordinal));
        Assert.Empty(await bench.ReadAsync(d => d.Materials));
    }

    [Fact]
    public async Task An_encrypted_mail_is_answered_and_not_kept_waiting()
    {
        await using var bench = await IntakeBench.OpenAsync();

        var mail = await bench.ReceiveAsync(Piece("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "sealed@example.com", "MAA="));

        Assert.Equal(MessageState.Filed, mail.State);
        Assert.Contains("请不加密", Assert.Single(await bench.OutboxAsync(), l => l.Kind == "receipt").PayloadJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_is_named_for_staff_and_not_to_the_unit()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var letter = Encoding.UTF8.GetString(Post.Letter(files: Post.Brief(Title)));
        var head = letter.IndexOf("Content-Type:", StringComparison.Ordinal);
        var signed = letter[..head] + "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=\"outside\"\r\n\r\n--outside\r\n" + letter[head..]
            + "\r\n--outside\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nMAA=\r\n--outside--\r\n";

        var mail = await bench.ReceiveAsync(Encoding.UTF8.GetBytes(signed));

        var finding = Assert.Single(FindingsJson.Read(mail.FindingsJson));
        Assert.Equal((FindingCodes.SignedMail, Severity.Note, "邮件带有S/MIME数字签名，系统未作验证"), (finding.Code, finding.Severity, finding.Message));
        Assert.DoesNotContain("数字签名", Assert.Single(await bench.OutboxAsync(), l => l.Kind == "receipt").PayloadJson, StringComparison.Ordinal);
        Assert.Single(await bench.ReadAsync(d => d.Materials));
    }

    private static byte[] Piece(string type, string id, string body) => Encoding.UTF8.GetBytes(
        $"From: <{Post.Haigang}>\r\nTo: <qhdghgz@126.com>\r\nSubject: =?utf-8?B?5p2Q5paZ?=\r\nMessage-ID: <{id}>\r\nDate: Thu, 20 Sep 2018 09:00:00 +0800\r\n"
        + $"MIME-Version: 1.0\r\nContent-Type: {type}\r\n\r\n{body}");
}
