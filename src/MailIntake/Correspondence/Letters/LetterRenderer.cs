using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MailIntake.Correspondence.Letters;

/// <summary>Renders the Razor component of a letter to HTML, each letter in a service scope of its own. Safe for many callers.</summary>
internal sealed partial class LetterRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <summary>The HTML of a letter whose component takes its model as the parameter <c>Model</c>.</summary>
    public async Task<string> RenderAsync<TComponent, TModel>(TModel model)
        where TComponent : IComponent
        where TModel : class
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model });
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TComponent>(parameters);
            return Compact(root.ToHtmlString());
        });
    }

    /// <summary>
    /// Writes Chinese as itself. The framework encodes every character beyond ASCII as <c>&amp;#x…;</c>, which would make a
    /// letter four times as long; only such characters are decoded, none of which means anything in HTML.
    /// </summary>
    private static string Compact(string html) => Encoded().Replace(html, match =>
    {
        var value = int.Parse(match.ValueSpan[3..^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return value > 0xA0 && Rune.IsValid(value) ? new Rune(value).ToString() : match.Value;
    });

    [GeneratedRegex("&#x[0-9A-Fa-f]{1,6};", RegexOptions.CultureInvariant)]
    private static partial Regex Encoded();
}
