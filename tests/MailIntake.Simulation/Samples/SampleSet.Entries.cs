namespace MailIntake.Simulation.Samples;

/// <summary>The matrix that should come of the set at <see cref="Now"/>.</summary>
public sealed partial class SampleSet
{
    /// <summary>Written down by hand from what was sent, not computed: form, write-up and evidence are owed, slides and plan are not.</summary>
    private static IReadOnlyList<ExpectedEntry> ExpectedEntries =>
    [
        Entry("haigang", Hall, brief: "received", writeup: "received", form: "problem", evidence: "received"),
        Entry("haigang", Train, brief: "received", plan: "received"),
        Entry("shanhaiguan", Skills, brief: "received", writeup: "received", form: "received", evidence: "received"),
        Entry("beidaihe", Points, writeup: "received", form: "problem"),
        Entry("beidaihe", Heart, writeup: "received", form: "problem"),
        Entry("funing", Team, brief: "late", writeup: "received", form: "problem"),
        Entry("changli", Nursery, writeup: "received", form: "problem"),
        Entry("lulong", Chair, form: "problem"),
        Entry("kaifaqu", Night, writeup: "received", form: "problem"),
        Entry("jiaoyu", Sunshine, writeup: "received", form: "problem"),
        Entry("weisheng", Grid, writeup: "received"),
        Entry("jiaotong", Snapshot, brief: "problem"),
        Entry("zhujian", Station, writeup: "received", presentation: "received"),
        Entry("shuiwu", Seasons, brief: "received", writeup: "received", form: "received", evidence: "received"),
        Entry("qingang", Hall, writeup: "received"),
        Entry("hasitelong", Three, writeup: "received", form: "problem"),
        Entry("yanda", Skills, writeup: "received"),
        Entry("bangongshi", Desk, writeup: "received", evidence: "received"),
    ];

    private static ExpectedEntry Entry(
        string unit, string title, string brief = "missing", string plan = "waived", string writeup = "missing", string form = "missing",
        string evidence = "missing", string presentation = "waived") =>
        new(unit, title, new Dictionary<string, string>
        {
            ["brief"] = brief,
            ["plan"] = plan,
            ["writeup"] = writeup,
            ["evidence"] = evidence,
            ["form"] = form,
            ["presentation"] = presentation,
        });
}
