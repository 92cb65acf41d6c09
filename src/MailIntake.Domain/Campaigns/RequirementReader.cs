using System.Text.Json;

using NodaTime;

using MailIntake.Domain.Completeness;
using MailIntake.Domain.Configuration;
using MailIntake.Domain.Recognition;

namespace MailIntake.Domain.Campaigns;

/// <summary>Turns the JSON of a requirement into a <see cref="Requirement"/>: its limits, sections, form and words.</summary>
internal sealed class RequirementReader(List<ConfigurationFault> faults)
{
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

    /// <summary>Reads one requirement of the phase; kinds are unique in the file.</summary>
    public Requirement Read(JsonPlace place, string phase)
    {
        var requirement = new Requirement
        {
            Kind = Kind(place),
            Name = place.RequiredText("name"),
            Phase = phase,
            Owed = Choice<Obligation>(place, "owed"),
            Multiple = place.Flag("multiple", otherwise: false),
            MaxCharacters = place.Number("maxCharacters", 1),
            MaxDuration = place.Number("maxSeconds", 1) is { } seconds ? Duration.FromSeconds(seconds) : null,
            Compared = place.Flag("compared", otherwise: false),
            Extensions = Extensions(place),
            Sections = Sections(place),
            Form = Form(place),
            FileNameWords = place.Texts("fileNameWords"),
            TitleWords = place.Texts("titleWords"),
        };
        place.Close();
        return requirement;
    }

    private string Kind(JsonPlace place)
    {
        var kind = place.RequiredText("kind");
        if (kind.Length == 0)
        {
            return kind;
        }

        if (!IsStableId(kind))
        {
            place.Fault(place.At("kind"), "A kind consists of lower-case ASCII letters, digits and hyphens.", kind);
        }
        else if (IdLength.Fault(kind) is { } tooLong)
        {
            place.Fault(place.At("kind"), tooLong, kind);
        }
        else if (kind is MaterialGuess.Other or MissingItem.EntryKind)
        {
            place.Fault(place.At("kind"), "This word is reserved.", kind);
        }
        else if (!_kinds.Add(kind))
        {
            place.Fault(place.At("kind"), "Another requirement has this kind; a kind stands in one phase, once.", kind);
        }

        return kind;
    }

    private static T Choice<T>(JsonPlace place, string name) where T : struct, Enum
    {
        var text = place.RequiredText(name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (text.Length > 0 && Camel(value) == text)
            {
                return value;
            }
        }

        if (text.Length > 0)
        {
            place.Fault(place.At(name), $"One of {string.Join(", ", Enum.GetValues<T>().Select(Camel))} is expected.", text);
        }

        return default;
    }

    private static string Camel<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static IReadOnlyList<string> Extensions(JsonPlace place)
    {
        var extensions = place.Texts("extensions");
        foreach (var extension in extensions)
        {
            if (extension.Length < 2 || extension[0] != '.' || !extension[1..].All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            {
                place.Fault(place.At("extensions"), "An extension is written in lower case with its dot, such as .docx.", extension);
            }
        }

        return extensions;
    }

    private List<Section> Sections(JsonPlace place)
    {
        var sections = new List<Section>();
        foreach (var (element, path) in place.List("sections", required: false))
        {
            var member = new JsonPlace(element, path, faults);
            var section = new Section(member.RequiredText("id"), member.RequiredText("name"), member.Texts("words", required: true));
            if (section.Id.Length > 0 && !IsStableId(section.Id))
            {
                member.Fault(member.At("id"), "An id consists of lower-case ASCII letters, digits and hyphens.", section.Id);
            }

            if (section.Id.Length > 0 && sections.Any(s => s.Id == section.Id))
            {
                member.Fault(member.At("id"), "Another section of this material has this id.", section.Id);
            }

            MustNotBeEmpty(member, "words");
            member.Close();
            sections.Add(section);
        }

        return sections;
    }

    private FormRequirement? Form(JsonPlace place)
    {
        if (place.Ask("form", required: false) is not { } element)
        {
            return null;
        }

        var form = new JsonPlace(element, place.At("form"), faults);
        var fields = new List<FormField>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (member, path) in form.List("fields", required: true))
        {
            var field = new JsonPlace(member, path, faults);
            var read = new FormField(
                field.RequiredText("name"), field.Texts("labels"), Choice<FieldRole>(field, "role"), field.Flag("required", otherwise: true));
            foreach (var label in read.Labels.Prepend(read.Name).Where(l => l.Length > 0 && !known.Add(l)))
            {
                field.Fault(path, "Two labels of this form are the same.", label);
            }

            if (read.Role != FieldRole.None && fields.Any(f => f.Role == read.Role))
            {
                field.Fault(field.At("role"), "Another field of this form has this role.", Camel(read.Role));
            }

            field.Close();
            fields.Add(read);
        }

        MustNotBeEmpty(form, "fields");
        var result = new FormRequirement(fields, form.Flag("needsSignature", otherwise: false), form.Flag("needsSeal", otherwise: false));
        form.Close();
        return result;
    }

    private static void MustNotBeEmpty(JsonPlace place, string name)
    {
        if (place.Ask(name, required: false) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
        {
            place.Fault(place.At(name), "The list is empty.");
        }
    }

    private static bool IsStableId(string id) =>
        id.Length > 0 && char.IsAsciiLetterLower(id[0]) && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
