using System.Text;
using MailIntake.Mail.Connections;

namespace MailIntake.Mail.Smtp;

/// <summary>Reads replies. Limits: a line 64 KiB, 256 lines, one time step for the whole reply.</summary>
internal sealed class SmtpReplyReader(ReadBuffer input)
{
    private const int MaxLines = 256;

    /// <summary>The server speaks although it was not asked.</summary>
    public bool HasMore => !input.Buffered.IsEmpty;

    /// <param name="patience">How many times the usual limit the server may take.</param>
    /// <param name="cancellation">Gives up, and the connection with it.</param>
    /// <exception cref="ConnectionFaultException">Connection lost, time over, or no SMTP.</exception>
    public async Task<SmtpReply> ReadAsync(int patience, CancellationToken cancellation)
    {
        input.NewStep(patience);
        var lines = new List<string>();
        var code = 0;
        while (true)
        {
            var line = await ReadLineAsync(cancellation).ConfigureAwait(false);
            if (line.Length < 3 || !char.IsAsciiDigit(line[0]) || !char.IsAsciiDigit(line[1]) || !char.IsAsciiDigit(line[2])
                || line[0] is < '2' or > '5' || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new ConnectionFaultException("the server's reply is no SMTP");
            }

            var number = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
            if (lines.Count > 0 && number != code)
            {
                throw new ConnectionFaultException("the lines of the server's reply disagree");
            }

            code = number;
            lines.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(code, lines);
            }

            if (lines.Count >= MaxLines)
            {
                throw new ConnectionFaultException($"the server's reply has more than {MaxLines} lines");
            }
        }
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        int end;
        while ((end = input.Buffered.IndexOf((byte)'\n')) < 0)
        {
            await input.FillAsync(cancellation).ConfigureAwait(false);
        }

        var line = Encoding.UTF8.GetString(input.Buffered[..end].TrimEnd((byte)'\r'));
        input.Consume(end + 1);
        return line;
    }
}
