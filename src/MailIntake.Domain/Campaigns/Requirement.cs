using NodaTime;

namespace MailIntake.Domain.Campaigns;

/// <summary>A material that the notice asks for (材料要求), with its limits and the words it is known by.</summary>
public sealed record Requirement
{
    /// <summary>Stable kind; the shipped campaign has <c>brief</c>, <c>plan</c>, <c>writeup</c>, <c>form</c>, <c>evidence</c>, <c>presentation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Chinese name as units read it: <c>简要材料</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Id of the phase it belongs to.</summary>
    public required string Phase { get; init; }

    /// <summary>Who owes it.</summary>
    public required Obligation Owed { get; init; }

    /// <summary>True where several files make up the material (佐证材料); false where a newer file replaces the older.</summary>
    public bool Multiple { get; init; }

    /// <summary>Upper limit in 字; null for none.</summary>
    public int? MaxCharacters { get; init; }

    /// <summary>Upper limit of a video's or presentation's length; null for none.</summary>
    public Duration? MaxDuration { get; init; }

    /// <summary>True where its text is compared with those of other units and other years (查重).</summary>
    public bool Compared { get; init; }

    /// <summary>Accepted file extensions, lower case with the dot; empty accepts all.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The sections that the text must have; empty for none.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>What the form must carry; null where the material is no form.</summary>
    public FormRequirement? Form { get; init; }

    /// <summary>Words in a file name that speak for this material, strongest first.</summary>
    public IReadOnlyList<string> FileNameWords { get; init; } = [];

    /// <summary>Words in a title or first lines that speak for this material, strongest first.</summary>
    public IReadOnlyList<string> TitleWords { get; init; } = [];
}

/// <summary>Who owes a material.</summary>
public enum Obligation
{
    /// <summary>Every entry.</summary>
    Always,

    /// <summary>No entry; welcome (可选).</summary>
    Optional,

    /// <summary>Entries that passed the first selection, once notified, until the date of that notice (入围).</summary>
    Shortlisted,
}

/// <summary>A section that a text must have: <c>创新背景</c>.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Chinese name for letters.</param>
/// <param name="Words">Words in a heading that mean it.</param>
public sealed record Section(string Id, string Name, IReadOnlyList<string> Words);

/// <summary>What a form (申报表) must carry.</summary>
/// <param name="Fields">Its fields, in order.</param>
/// <param name="NeedsSignature">The head's signature (主要负责人签字) is required.</param>
/// <param name="NeedsSeal">The unit's seal (公章) is required.</param>
public sealed record FormRequirement(IReadOnlyList<FormField> Fields, bool NeedsSignature, bool NeedsSeal);

/// <summary>A field of the form.</summary>
/// <param name="Name">The label in the notice's form: <c>创新成果名称</c>.</param>
/// <param name="Labels">Other labels that mean it: <c>项目名称</c>.</param>
/// <param name="Role">What the field tells the worker.</param>
/// <param name="Required">An empty value is a <c>missing-field</c>.</param>
public sealed record FormField(string Name, IReadOnlyList<string> Labels, FieldRole Role, bool Required);

/// <summary>What a form field tells the worker.</summary>
public enum FieldRole
{
    /// <summary>Nothing but its text.</summary>
    None,

    /// <summary>The entry's title (创新成果名称).</summary>
    Title,

    /// <summary>The declaring unit (申报单位).</summary>
    Unit,

    /// <summary>The person in charge (创新成果负责人).</summary>
    Head,

    /// <summary>The date of the declaration (申报时间).</summary>
    Date,

    /// <summary>Contents and results (创新成果主要内容及效果).</summary>
    Contents,
}
