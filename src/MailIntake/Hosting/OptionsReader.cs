using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Hosting;

/// <summary>
/// Binds one section to its options and collects every fault on the way: unknown keys (a misspelt setting would
/// otherwise be silently ignored), values of the wrong type, and values out of range.
/// </summary>
internal static class OptionsReader
{
    /// <summary>Reads a section; what is not set keeps its default.</summary>
    public static T Read<T>(IConfiguration configuration, string section, ICollection<ConfigurationFault> faults)
        where T : class, new()
    {
        var options = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        if (configuration[section] is { Length: > 0 })
        {
            // Not shown: a misplaced value may be a secret.
            faults.Add(new ConfigurationFault(section, "expected a section with settings, and this is a single value"));
        }

        foreach (var child in configuration.GetSection(section).GetChildren())
        {
            var place = $"{section}:{child.Key}";
            if (!properties.TryGetValue(child.Key, out var property))
            {
                faults.Add(new ConfigurationFault(place, $"there is no such setting; known are {string.Join(", ", properties.Keys)}"));
            }
            else if (property.PropertyType == typeof(List<string>) && child.Value is { Length: > 0 })
            {
                faults.Add(new ConfigurationFault(place, "expected a list", child.Value));
            }
            else if (property.PropertyType == typeof(List<string>))
            {
                property.SetValue(options, child.GetChildren().Select(c => c.Value ?? "").ToList());
            }
            else if (child.Value is not null)
            {
                SetScalar(options, property, child.Value, place, faults);
            }
            else if (child.GetChildren().Any())
            {
                faults.Add(new ConfigurationFault(place, "expected a single value"));
            }
        }

        CheckRanges(options, section, faults);
        return options;
    }

    private static void SetScalar(object options, PropertyInfo property, string value, string place, ICollection<ConfigurationFault> faults)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (value.Length == 0 && type != typeof(string))
        {
            return;
        }

        try
        {
            // By name only: a number would be taken for a choice that does not exist.
            var converted = type.IsEnum
                ? Enum.Parse(type, Enum.GetNames(type).FirstOrDefault(n => n.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? "")
                : TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, value);
            property.SetValue(options, converted);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            var expected = type.IsEnum ? string.Join(" or ", Enum.GetNames(type)) : type.Name;
            faults.Add(new ConfigurationFault(place, $"expected {expected}", Shown(property.Name, value)));
        }
    }

    private static void CheckRanges(object options, string section, ICollection<ConfigurationFault> faults)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var value = property.GetValue(options);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (!rule.IsValid(value))
                {
                    var message = rule is RangeAttribute range
                        ? string.Create(CultureInfo.InvariantCulture, $"must lie between {range.Minimum} and {range.Maximum}")
                        : rule.FormatErrorMessage(property.Name);
                    faults.Add(new ConfigurationFault(
                        $"{section}:{property.Name}", message, Shown(property.Name, Convert.ToString(value, CultureInfo.InvariantCulture))));
                }
            }
        }
    }

    private static string? Shown(string name, string? value) =>
        name.Contains("Password", StringComparison.OrdinalIgnoreCase) || name.Contains("ConnectionString", StringComparison.OrdinalIgnoreCase)
            ? null
            : value;
}
