using System.Text;
using MailIntake.Mail.Mime;
using MailIntake.Mail.Reading;
using Xunit;

namespace MailIntake.Mail.Tests.Reading;

public sealed class CloudAttachmentTests
{
    [Fact]
    public void A_block_of_NetEase_tells_name_and_end_in_its_attributes()
    {
        var found = Html("<style>#divNeteaseBigAttach{}</style><p>见附件</p><div id=\"divNeteaseBigAttach\">从126邮箱发来的超大附件<div><a href=\"https://mail.163.com/large-attachment-download/index.html?p=X\" filename=\"成果视频.mp4\" filesize=\"3785359\" expiretime=\"1669354526418\" download=\"x\">成果视频.mp4</a> <a href=\"https://preview.example/x\" filename=\"成果视频.mp4\">预览</a></div></div>");

        var one = Assert.Single(found);
        Assert.Equal(new CloudAttachment("https://mail.163.com/large-attachment-download/index.html?p=X", "成果视频.mp4", "netease", DateTimeOffset.FromUnixTimeMilliseconds(1669354526418)), one);
    }

    [Fact]
    public void The_size_and_end_in_a_links_caption_were_taken_for_part_of_the_name()
    {
        var one = Assert.Single(Html("<a href=\"https://mail.163.com/large-attachment-download/index.html?p=X\">成果视频.mp4 (120.3M, 2022年11月25日 13:35 到期)</a>"));

        Assert.Equal("成果视频.mp4", one.FileName);
    }

    [Fact]
    public void The_words_in_a_style_sheet_are_no_block() =>
        Assert.Empty(Html("<style>#divNeteaseBigAttach a{}</style><a href=\"https://www.example.com/a\">divNeteaseBigAttach</a>"));

    [Fact]
    public void A_plain_text_of_NetEase_tells_name_and_end_in_words()
    {
        var one = Assert.Single(Text("请查收。\n\n从网易126邮箱发来的超大附件\n\n成果视频.mp4 (3.61M, 2022年11月25日 13:35 到期)\n下载: https://u.163.com/t0/abc\n"));

        Assert.Equal(new CloudAttachment("https://u.163.com/t0/abc", "成果视频.mp4", "netease", new DateTimeOffset(2022, 11, 25, 13, 35, 0, TimeSpan.FromHours(8))), one);
    }

    [Fact]
    public void The_enterprise_block_tells_its_end_in_words_or_milliseconds()
    {
        var words = Assert.Single(Html("<div id=\"divNeteaseSiriusCloudAttach\"><div>材料.zip</div><div>过期时间：2024年8月4日 23:48</div><a href=\"https://mailh.qiye.163.com/d/1\">下载</a></div>"));
        Assert.Equal(("材料.zip", "netease", (DateTimeOffset?)new DateTimeOffset(2024, 8, 4, 23, 48, 0, TimeSpan.FromHours(8))), (words.FileName, words.Provider, words.Expires));
        var attribute = Assert.Single(Html("<div id=\"divNeteaseSiriusCloudAttach\"><a href=\"https://mailh.qiye.163.com/d/1\" expired=\"1722786480000\">材料.zip</a></div>"));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1722786480000), attribute.Expires);
    }

    [Fact]
    public void QQ_tells_it_after_the_link_or_on_the_same_line_and_some_never_end()
    {
        var html = Html("<div class=\"bigatt_bt\"><a href=\"https://wx.mail.qq.com/ftn/download?k=1\">甲.zip</a><div>到期时间：2020年11月27日 21:59</div><a href=\"https://wx.mail.qq.com/ftn/download?k=1\">进入下载页面</a><div><a href=\"https://iwx.mail.qq.com/ftn/download?k=2\">乙.zip</a> (1M, 无限期)</div></div>");
        Assert.Equal(["甲.zip", "乙.zip"], html.Select(one => one.FileName));
        Assert.Equal([new DateTimeOffset(2020, 11, 27, 21, 59, 0, TimeSpan.FromHours(8)), null], html.Select(one => one.Expires));

        var plain = Assert.Single(Text("从QQ邮箱发来的超大附件\n\n甲.zip (128.03M, 2020年11月27日 21:59 到期)进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=1&t=exs"));
        Assert.Equal(("甲.zip", "qq", "http://mail.qq.com/cgi-bin/ftnExs_download?k=1&t=exs"), (plain.FileName, plain.Provider, plain.Url));
        Assert.Equal(new DateTimeOffset(2020, 11, 27, 21, 59, 0, TimeSpan.FromHours(8)), plain.Expires);
    }

    [Theory]
    [InlineData("https://pan.baidu.com/s/1abc", "baidu")]
    [InlineData("https://www.alipan.com/s/x", "aliyun")]
    [InlineData("https://www.aliyundrive.com/s/x", "aliyun")]
    [InlineData("https://cloud.189.cn/t/x", "189")]
    [InlineData("https://mail.sina.com.cn/filecenter/x", "sina")]
    [InlineData("https://pan.baidu.com.evil.example/s/1", null)]
    public void Other_providers_are_known_by_their_hosts(string url, string? provider) =>
        Assert.Equal(provider, Text($"链接：{url} 提取码：abcd").SingleOrDefault()?.Provider);

    [Fact]
    public void Links_in_a_quoted_reply_are_left_out()
    {
        Assert.Empty(Text("收到。\n\n------------------ 原始邮件 ------------------\n甲.zip (1M, 2020年11月27日 21:59 到期)进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=1\n"));
        Assert.Empty(Html("收到<blockquote id=\"isReplyContent\"><div id=\"divNeteaseBigAttach\"><a href=\"https://u.163.com/t0/abc\" filename=\"a.zip\">a.zip</a></div></blockquote>"));
    }

    private static IReadOnlyList<CloudAttachment> Html(string html) => Find("text/html", html);

    private static IReadOnlyList<CloudAttachment> Text(string text) => Find("text/plain", text);

    private static IReadOnlyList<CloudAttachment> Find(string type, string body) =>
        CloudAttachment.Find(MimeMessage.Read(Encoding.UTF8.GetBytes($"Content-Type: {type}; charset=utf-8\n\n{body}")));
}
