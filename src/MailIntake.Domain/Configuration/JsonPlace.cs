using System.Globalization;
using System.Text.Json;

using MailIntake.Domain.Campaigns;

namespace MailIntake.Domain.Configuration;

/// <summary>
/// Reads one JSON object property by property and notes every fault with its place, so that an operator mends a file
/// in one go. Each method gives a harmless value where it noted a fault; <see cref="Close"/> notes what nobody asked for.
/// </summary>
internal sealed class JsonPlace
{
    private readonly Dictionary<string, JsonElement> _properties = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];
    private readonly List<ConfigurationFault> _faults;

    /// <summary>An object at <paramref name="path"/> (empty for the file itself); a value of another kind is a fault and reads as an empty object.</summary>
    public JsonPlace(JsonElement element, string path, List<ConfigurationFault> faults)
    {
        Path = path;
        _faults = faults;
        if (element.ValueKind != JsonValueKind.Object)
        {
            IsObject = false;
            Fault(path, $"An object is expected here, not {Kind(element)}.", Text(element));
            return;
        }

        IsObject = true;
        foreach (var property in element.EnumerateObject())
        {
            if (!_properties.TryAdd(property.Name, property.Value))
            {
                Fault(At(property.Name), "The property stands here twice.", Text(property.Value));
            }
        }
    }

    /// <summary>Where the object stands.</summary>
    public string Path { get; }

    /// <summary>The value is an object at all.</summary>
    public bool IsObject { get; }

    /// <summary>Parses a file; a syntax error is a fault with its line. Comments and trailing commas are allowed.</summary>
    public static JsonDocument? Parse(string json, List<ConfigurationFault> faults)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            });
        }
        catch (JsonException error)
        {
            var line = (error.LineNumber ?? 0) + 1;
            var column = (error.BytePositionInLine ?? 0) + 1;
            var what = error.Message.Split(" LineNumber:", 2)[0];
            faults.Add(new ConfigurationFault(
                string.Create(CultureInfo.InvariantCulture, $"line {line}, byte {column}"), $"This is no valid JSON: {what}"));
            return null;
        }
    }

    /// <summary>The path of a property of this object.</summary>
    public string At(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>Notes a fault.</summary>
    public void Fault(string place, string message, string? value = null) =>
        _faults.Add(new ConfigurationFault(place.Length == 0 ? "(file)" : place, message, value));

    /// <summary>The property, or null where it is absent or JSON null; a fault where it is required.</summary>
    public JsonElement? Ask(string name, bool required)
    {
        _asked.Add(name);
        if (_properties.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (required && IsObject)
        {
            Fault(At(name), "The property is missing.");
        }

        return null;
    }

    /// <summary>A text that must not be blank; empty where faulty.</summary>
    public string RequiredText(string name) => ReadText(name, required: true) ?? "";

    /// <summary>A text, or null where absent.</summary>
    public string? OptionalText(string name) => ReadText(name, required: false);

    /// <summary>True or false; <paramref name="otherwise"/> where absent.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (Ask(name, required: false) is not { } value)
        {
            return otherwise;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fault(At(name), "true or false is expected.", Text(value));
        return otherwise;
    }

    /// <summary>A whole number of at least <paramref name="least"/>, or null where absent or faulty.</summary>
    public int? Number(string name, int least, bool required = false)
    {
        if (Ask(name, required) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least)
        {
            return number;
        }

        Fault(At(name), string.Create(CultureInfo.InvariantCulture, $"A whole number of at least {least} is expected."), Text(value));
        return null;
    }

    /// <summary>The members of a list with their places; empty where absent or faulty.</summary>
    public IReadOnlyList<(JsonElement Element, string Place)> List(string name, bool required)
    {
        if (Ask(name, required) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(At(name), $"A list is expected here, not {Kind(value)}.", Text(value));
            return [];
        }

        return [.. value.EnumerateArray().Select((e, i) => (e, string.Create(CultureInfo.InvariantCulture, $"{At(name)}[{i}]")))];
    }

    /// <summary>A list of texts; blank and repeated ones are faults.</summary>
    public IReadOnlyList<string> Texts(string name, bool required = false)
    {
        var texts = new List<string>();
        foreach (var (element, place) in List(name, required))
        {
            if (element.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(element.GetString()))
            {
                Fault(place, "A text that is not blank is expected.", Text(element));
            }
            else if (texts.Contains(element.GetString()!, StringComparer.Ordinal))
            {
                Fault(place, "The text stands in this list twice.", element.GetString());
            }
            else
            {
                texts.Add(element.GetString()!);
            }
        }

        return texts;
    }

    /// <summary>Names and values of all properties, for objects whose names are data.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Members()
    {
        _asked.AddRange(_properties.Keys);
        return _properties.Select(p => (p.Key, p.Value));
    }

    /// <summary>Notes the properties that nobody asked for: most are spelling mistakes.</summary>
    public void Close()
    {
        foreach (var name in _properties.Keys.Where(n => !_asked.Contains(n)))
        {
            var near = _asked.Where(a => MailIntake.Domain.Text.HanText.Distance(
                a.ToUpperInvariant(), name.ToUpperInvariant(), 2) <= 2).FirstOrDefault();
            Fault(At(name), near is null
                ? $"No such property; known are {string.Join(", ", _asked)}."
                : $"No such property; is {near} meant?", Text(_properties[name]));
        }
    }

    /// <summary>The value as an operator recognises it, cut to 60 characters.</summary>
    public static string Text(JsonElement element)
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }

    private string? ReadText(string name, bool required)
    {
        if (Ask(name, required) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
        {
            return value.GetString();
        }

        Fault(At(name), "A text that is not blank is expected.", Text(value));
        return null;
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
