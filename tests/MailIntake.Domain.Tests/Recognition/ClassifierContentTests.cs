using MailIntake.Domain.Recognition;

namespace MailIntake.Domain.Tests.Recognition;

public class ClassifierContentTests
{
    private const string WriteUp = "“码上议事厅”职工民主管理平台\n一、创新背景\n…。\n二、创新点\n…。\n三、创新举措和过程\n…。\n四、取得成效\n…。";

    private static readonly string[] AllLabels = ["创新成果名称", "申报单位", "申报时间", "创新成果负责人", "创新成果主要内容及效果"];

    private static MaterialGuess Classify(FileClues clues) => MaterialClassifier.Classify(Shipped.Campaign, clues);

    private static FileClues Document(string name, string text, int characters, params string[] labels) =>
        new() { FileName = name, Shape = FileShape.Document, Text = text, Characters = characters, FormLabels = labels, Size = 30_000 };

    [Fact]
    public void Content_comes_before_the_name()
    {
        Assert.Equal("writeup", Classify(Document("申报表.docx", WriteUp, 2310)).Kind);
        Assert.Equal("form", Classify(Document("简介.docx", "…", 700, AllLabels)).Kind);
        Assert.Equal("form", Classify(Document("材料.docx", "…", 700, AllLabels[..3])).Kind);
    }

    [Fact]
    public void The_labels_of_the_form_are_the_surest_sign()
    {
        var guess = Classify(Document("3.申报表.docx", "工会工作创新成果申报表", 700, AllLabels));

        Assert.Equal("form", guess.Kind);
        Assert.True(guess.Confidence >= 0.95);
        Assert.Equal(["form-fields", "title", "file-name"], guess.Because);
    }

    [Fact]
    public void A_synonym_of_a_label_counts() =>
        Assert.Equal("form", Classify(Document("x.docx", "…", 700, "项目名称", "单位名称", "负责人姓名")).Kind);

    [Fact]
    public void Two_labels_make_no_form() =>
        Assert.NotEqual("form", Classify(Document("x.docx", "…", 700, AllLabels[..2])).Kind);

    [Fact]
    public void A_list_of_events_with_columns_called_like_labels_is_no_form() =>
        Assert.Equal("evidence", Classify(Document("活动台账.docx", "…", 5_000, "申报单位", "申报时间", "创新成果负责人")).Kind);

    [Fact]
    public void A_write_up_that_opens_with_three_labels_stays_a_write_up() =>
        Assert.Equal("writeup", Classify(Document("材料.docx", WriteUp, 2310, AllLabels[..3])).Kind);

    [Fact]
    public void The_sections_make_the_write_up_under_any_name()
    {
        var guess = Classify(Document("0915终稿.docx", WriteUp, 2310));

        Assert.Equal(("writeup", true), (guess.Kind, guess.Confidence > 0.85));
        Assert.Equal(["sections"], guess.Because);
    }

    [Theory]
    [InlineData("创新成果简介.docx", "“码上议事厅”简介\n…", 186, "brief")]
    [InlineData("简介.docx", "“码上议事厅”职工民主管理平台\n…", 233, "brief")]
    [InlineData("码上议事厅.docx", "创新项目和思路\n…", 190, "brief")]
    [InlineData("码上议事厅.docx", "…", 190, "brief")]
    [InlineData("码上议事厅.docx", "…", 2300, "writeup")]
    [InlineData("材料.docx", "…", 2731, "writeup")]
    [InlineData("总结材料.docx", "…", 2610, "writeup")]
    [InlineData("实施方案.docx", "码上议事厅实施方案\n…", 1800, "plan")]
    [InlineData("关于推广的通知.docx", "关于推广“码上议事厅”的通知\n各单位：…", 900, "evidence")]
    [InlineData("佐证材料-典型发言.docx", WriteUp, 2000, "evidence")]
    [InlineData("手册.docx", "…", 30_000, "other")]
    public void A_document_that_was_read(string name, string text, int characters, string kind) =>
        Assert.Equal(kind, Classify(Document(name, text, characters)).Kind);

    [Fact]
    public void A_picture_or_scan_that_says_nothing_is_never_silently_the_form()
    {
        var bare = Classify(new FileClues { FileName = "IMG_20250512_093021.jpg", Shape = FileShape.Picture, Size = 1_000_000 });
        var said = Classify(new FileClues { FileName = "IMG_20250512_093021.jpg", Shape = FileShape.Picture, Size = 1_000_000, Subject = "申报表（盖章）" });

        Assert.Equal((MaterialGuess.Other, true), (bare.Kind, bare.Confidence <= 0.3));
        Assert.Equal(("form", true), (said.Kind, said.Confidence < 0.5));
        Assert.Equal(["subject"], said.Because);
    }

    [Fact]
    public void A_mail_that_speaks_of_everything_says_nothing_about_one_picture() =>
        Assert.Equal("other", Classify(new FileClues
        {
            FileName = "IMG_1.jpg", Shape = FileShape.Picture, Size = 1_000_000, Subject = "材料", Body = "附件为简介、总结材料、申报表和佐证材料，请查收。",
        }).Kind);

    [Theory]
    [InlineData("佐证材料", "1.jpg", FileShape.Picture, "evidence")]
    [InlineData("申报材料/3申报表", "扫描0001.pdf", FileShape.Scan, "form")]
    [InlineData("云溪市第三人民医院工会申报材料", "1.jpg", FileShape.Picture, "other")]
    public void A_folder_name_counts_where_the_file_name_says_nothing(string folder, string name, FileShape shape, string kind) =>
        Assert.Equal(kind, Classify(new FileClues { FileName = name, FolderPath = folder, Shape = shape, Size = 500_000 }).Kind);

    [Theory]
    [InlineData("image001.png", 4_000, 120, 40, true)]
    [InlineData("logo.gif", 900, 32, 32, false)]
    [InlineData("image002.jpg", 60_000, 180, 180, true)]
    public void Logos_and_signature_pictures_are_no_material(string name, long size, int width, int height, bool inline)
    {
        var guess = Classify(new FileClues { FileName = name, Shape = FileShape.Picture, Size = size, Pixels = (width, height), IsInline = inline });

        Assert.Null(guess.Kind);
        Assert.Equal(["inline-picture"], guess.Because);
    }

    [Fact]
    public void A_large_inline_picture_or_one_with_a_telling_name_is_material()
    {
        Assert.Equal("other", Classify(new FileClues { FileName = "image003.jpg", Shape = FileShape.Picture, Size = 900_000, Pixels = (1700, 2300), IsInline = true }).Kind);
        Assert.Equal("evidence", Classify(new FileClues { FileName = "领导批示.jpg", Shape = FileShape.Picture, Size = 15_000, IsInline = true }).Kind);
        Assert.Equal("other", Classify(new FileClues { FileName = "1.jpg", Shape = FileShape.Picture, Size = 15_000, Pixels = (1200, 900), IsInline = true }).Kind);
    }

    [Fact]
    public void An_unread_file_called_only_material_is_not_sure()
    {
        var guess = Classify(new FileClues { FileName = "材料.doc", Shape = FileShape.Document, Size = 30_000 });

        Assert.Equal("writeup", guess.Kind);
        Assert.True(guess.Confidence <= 0.5);
    }

    [Fact]
    public void A_film_of_a_report_is_evidence_where_its_name_says_so()
    {
        Assert.Equal("evidence", Classify(new FileClues { FileName = "新闻报道.mp4", Shape = FileShape.Video }).Kind);
        Assert.Equal("presentation", Classify(new FileClues { FileName = "VID_001.mp4", Shape = FileShape.Video }).Kind);
    }
}
