using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace MailIntake.Kit;

/// <summary>
/// MimeKit looks once, when its first header or address is touched, which of its charsets the program has registered, and knows no other for as long
/// as the process lives. Mailbox, transport and reader may each be the first.
/// </summary>
internal static class KitCharsets
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "Nothing of MimeKit may run before it, whatever is used first.")]
    public static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
