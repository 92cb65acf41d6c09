using System.Buffers;
using System.Security.Cryptography;

using MailIntake.Documents;
using MailIntake.Documents.Containers;
using MailIntake.Domain.Completeness;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Reading;
using MailIntake.Mail.Tnef;

namespace MailIntake.Intake.Reading;

/// <summary>
/// Takes every file out of one mail: attachments, what lies in containers, and the files of forwarded mail, with limits
/// that hold for the whole mail. Use one for each mail.
/// </summary>
internal sealed class FileCollector(IMessageReader messages, ContainerLimits limits, ScratchSpace scratch)
{
    private readonly ContainerReader _containers = new(limits, new DocumentReaderOptions { WorkFolder = scratch.Root });
    private readonly List<CollectedFile> _files = [];
    private readonly List<ForwardedMail> _forwarded = [];
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, IReadOnlyList<Finding>> _fileFindings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Takes the files out.</summary>
    public async Task<CollectedFiles> CollectAsync(IMessage message, CancellationToken cancellation)
    {
        await CollectMessageAsync(message, "", 0, cancellation);
        return new CollectedFiles(_files, _forwarded, _findings, _fileFindings);
    }

    /// <summary>Takes the files out of a bare file: a container's files, or the file itself.</summary>
    public async Task<CollectedFiles> CollectFileAsync(string file, CancellationToken cancellation)
    {
        await AddAsync(Claim(Path.GetFileName(file)), file, inline: false, 0, cancellation);
        return new CollectedFiles(_files, _forwarded, _findings, _fileFindings);
    }

    private async Task CollectMessageAsync(IMessage message, string prefix, int depth, CancellationToken cancellation)
    {
        foreach (var part in message.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (part.MediaType is "message/partial" or "message/external-body")
            {
                // A piece of a mail, or the place of a file, is no material, whatever its bytes look like. The mail's findings tell of it.
                continue;
            }

            if (part.Message is { } inner && depth < limits.MaxDepth)
            {
                await DescendAsync(inner, Claim(prefix + PartNames.Forwarded(part, inner)), depth, cancellation);
            }
            else if (HasRoom(part.FileName ?? part.MediaType))
            {
                var path = scratch.NextFile();
                var name = Claim(prefix + PartNames.Of(part));
                string sha256;
                using (var content = part.OpenContent())
                {
                    sha256 = Write(content, path, cancellation);
                }

                if (part.Message is not null || part.IsTooDeep)
                {
                    AddUnopened(name, path, sha256);
                }
                else
                {
                    await AddAsync(name, path, part.IsInline, depth, cancellation, sha256);
                }
            }
        }
    }

    private async Task DescendAsync(IMessage inner, string name, int depth, CancellationToken cancellation)
    {
        _forwarded.Add(new ForwardedMail(inner.From, inner.Subject, MailText.Readable(inner)));
        await CollectMessageAsync(inner, name + "/", depth + 1, cancellation);
    }

    private async Task AddAsync(
        string name, string path, bool inline, int depth, CancellationToken cancellation, string? sha256 = null)
    {
        if (PartNames.IsMail(name) && depth >= limits.MaxDepth)
        {
            AddUnopened(name, path, sha256 ?? await HashAsync(path, cancellation));
            return;
        }

        if (PartNames.IsMail(name) && new FileInfo(path).Length <= PartNames.LargestMailFile)
        {
            await DescendAsync(messages.Read(await File.ReadAllBytesAsync(path, cancellation)), name, depth, cancellation);
            return;
        }

        if (await OpenTnefAsync(name, path, depth, cancellation))
        {
            return;
        }

        if (ContainerReader.IsContainer(path) && await OpenContainerAsync(name, path, depth, cancellation))
        {
            return;
        }

        _files.Add(new CollectedFile(name, path, new FileInfo(path).Length, sha256 ?? await HashAsync(path, cancellation), inline));
    }

    /// <summary>Files what lies too deep to be opened. Its bytes are headers and boundaries, whatever they look like: no material.</summary>
    private void AddUnopened(string name, string path, string sha256)
    {
        _fileFindings[name] = [new Finding(FindingCodes.TooDeep, Severity.Problem, "邮件嵌套层数过多，未能全部打开，请将材料以普通附件形式重新报送")];
        _files.Add(new CollectedFile(name, path, new FileInfo(path).Length, sha256, IsInline: false) { IsUnopened = true });
    }

    /// <summary>Opens one level; true where all of it came out, so that the container itself need not be filed.</summary>
    private async Task<bool> OpenContainerAsync(string name, string path, int depth, CancellationToken cancellation)
    {
        var opened = await _containers.OpenAsync(path, scratch.NextFolder(), depth, cancellation);
        foreach (var file in opened.Files)
        {
            await AddAsync(Claim($"{name}/{PartNames.CleanPath(file.Name)}"), file.Path, inline: false, depth + 1, cancellation);
        }

        if (opened is { Files.Count: 0, Findings.Count: 0 })
        {
            _fileFindings[name] = [new Finding(FindingCodes.EmptyFile, Severity.Problem, "压缩包内没有文件，请核对后重新报送")];
        }
        else if (opened.Findings.Count > 0)
        {
            _fileFindings[name] = [.. opened.Findings.Select(DocumentFindings.ToFinding)];
        }

        return opened.Files.Count > 0 && opened.Findings.All(f => f.Severity == DocumentSeverity.Note);
    }

    /// <summary>Takes the files out of a winmail.dat; true where all of them came out.</summary>
    private async Task<bool> OpenTnefAsync(string name, string path, int depth, CancellationToken cancellation)
    {
        if (depth >= limits.MaxDepth || new FileInfo(path).Length > PartNames.LargestMailFile || !StartsAsTnef(path))
        {
            return false;
        }

        var content = TnefReader.Read(await File.ReadAllBytesAsync(path, cancellation));
        foreach (var file in content.Files)
        {
            var label = file.Name.Length > 0 ? file.Name : "附件.bin";
            if (HasRoom(label))
            {
                var target = scratch.NextFile();
                using var stream = new MemoryStream(file.Content.ToArray(), writable: false);
                var sha256 = Write(stream, target, cancellation);
                await AddAsync(Claim($"{name}/{PartNames.CleanPath(label)}"), target, inline: false, depth + 1, cancellation, sha256);
            }
        }

        if (!content.IsWhole)
        {
            _fileFindings[name] = [new Finding(FindingCodes.Corrupt, Severity.Problem, "winmail.dat 已损坏，其中附件可能不全，请以普通附件形式重新报送")];
        }

        return content is { IsWhole: true, Files.Count: > 0 };
    }

    private static bool StartsAsTnef(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        Span<byte> head = stackalloc byte[6];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && TnefReader.IsTnef(head);
    }

    private bool HasRoom(string name)
    {
        if (_files.Count < limits.MaxFiles && _bytes < limits.MaxBytes)
        {
            return true;
        }

        if (_findings.All(f => f.Code != FindingCodes.TooLarge))
        {
            _findings.Add(new Finding(
                FindingCodes.TooLarge, Severity.Problem, $"邮件附件过多或过大，自“{name}”起未能读取，请分批重新报送", _files.Count, limits.MaxFiles));
        }

        return false;
    }

    /// <summary>Writes the bytes and gives their hash. The source lies in memory: nothing here is worth another thread.</summary>
    private string Write(Stream content, string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                file.Write(buffer, 0, read);
                _bytes += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    /// <summary>Makes a path unique in the mail: <c>申报表 (2).docx</c>.</summary>
    private string Claim(string path)
    {
        var unique = path;
        var extension = Path.GetExtension(path);
        for (var copy = 2; !_paths.Add(unique); copy++)
        {
            unique = string.Create(null, $"{path[..^extension.Length]} ({copy}){extension}");
        }

        return unique;
    }
}

/// <summary>What was taken out of a mail.</summary>
/// <param name="Files">The files, in order.</param>
/// <param name="Forwarded">Forwarded mails that were opened.</param>
/// <param name="Findings">What concerns the whole mail.</param>
/// <param name="FileFindings">What was noticed while taking a file out, by its path.</param>
internal sealed record CollectedFiles(
    IReadOnlyList<CollectedFile> Files,
    IReadOnlyList<ForwardedMail> Forwarded,
    IReadOnlyList<Finding> Findings,
    IReadOnlyDictionary<string, IReadOnlyList<Finding>> FileFindings);
