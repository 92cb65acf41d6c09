namespace MailIntake.Mail.Connections;

/// <summary>The connection is of no more use: closed, silent for too long, or speaking nonsense. Only a new one helps.</summary>
internal sealed class ConnectionFaultException : Exception
{
    public ConnectionFaultException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
