namespace MailIntake.Domain.Units;

/// <summary>A union that takes part (单位): a row of the roster.</summary>
public sealed record Unit
{
    /// <summary>Stable code, lower-case ASCII letters, digits and hyphens: <c>haigang</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Full name: <c>海港区总工会</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Category, which decides the quota.</summary>
    public required UnitCategory Category { get; init; }

    /// <summary>Other names it goes by (简称).</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Addresses it writes from, the first is written to first.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Contact person (联系人); null where unknown.</summary>
    public string? Contact { get; init; }

    /// <summary>Telephone (电话); null where unknown.</summary>
    public string? Phone { get; init; }
}

/// <summary>Category of a unit (类别).</summary>
public enum UnitCategory
{
    /// <summary>County or district union (县、区总工会): <c>county</c>.</summary>
    County,

    /// <summary>System union (市属系统工会): <c>system</c>.</summary>
    System,

    /// <summary>Industry union (产业工会): <c>industry</c>.</summary>
    Industry,

    /// <summary>Grassroots union under the city (直属基层工会): <c>grassroots</c>.</summary>
    Grassroots,

    /// <summary>Department of the city union (机关部室): <c>department</c>.</summary>
    Department,
}
