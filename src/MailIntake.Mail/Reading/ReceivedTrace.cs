namespace MailIntake.Mail.Reading;

/// <summary>What a Received header tells of one hop (RFC 5321, 4.4); each is null where it is not told.</summary>
/// <param name="From">The host that handed the mail over, as it named itself, lower case.</param>
/// <param name="By">The host that took it, lower case.</param>
/// <param name="Id">Its id for the mail.</param>
/// <param name="IsCoremail">The host runs Coremail, as NetEase's do.</param>
internal sealed record ReceivedTrace(string? From, string? By, string? Id, bool IsCoremail)
{
    public static ReceivedTrace Parse(string value)
    {
        string? from = null, by = null, id = null;
        var coremail = false;
        var afterBy = false;
        var end = value.LastIndexOf(';');
        var tokens = Tokens(end < 0 ? value : value[..end]);
        for (var i = 0; i < tokens.Count; i++)
        {
            var next = i + 1 < tokens.Count ? tokens[i + 1] : "";
            switch (tokens[i].ToLowerInvariant())
            {
                case "from" when from is null && i == 0:
                    from = next.ToLowerInvariant();
                    i++;
                    break;
                case "by" when by is null:
                    by = next.ToLowerInvariant();
                    afterBy = true;
                    i++;
                    break;
                case "id" when id is null && afterBy:
                    id = next;
                    i++;
                    break;
                case "(coremail)" when afterBy:
                    coremail = true;
                    break;
            }
        }

        return new ReceivedTrace(from, by, id, coremail);
    }

    /// <summary>Words, and comments as one word each: what a sender wrote into a comment is no clause.</summary>
    private static List<string> Tokens(string value)
    {
        var tokens = new List<string>();
        var position = 0;
        while (position < value.Length && tokens.Count < 100)
        {
            if (char.IsWhiteSpace(value[position]))
            {
                position++;
                continue;
            }

            var start = position;
            var depth = 0;
            while (position < value.Length && (depth > 0 || !char.IsWhiteSpace(value[position])))
            {
                depth += value[position] == '(' ? 1 : value[position] == ')' && depth > 0 ? -1 : 0;
                position++;
            }

            tokens.Add(value[start..position]);
        }

        return tokens;
    }
}
