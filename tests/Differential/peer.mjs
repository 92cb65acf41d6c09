// What mailparser or postal-mime make of messages: node peer.mjs mailparser|postal-mime LIST, a line of JSON for each path in LIST.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { MailParser, simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');
const [peer, list] = process.argv.slice(2);

/** The parts that hold no other part; an attached message is one, whatever is in it. */
const leaves = (node, children, isMessage) =>
  !children(node)?.length || isMessage(node) ? 1 : children(node).reduce((sum, child) => sum + leaves(child, children, isMessage), 0);

/** simpleParser keeps the tree of parts to itself, so the message is parsed once more for it. */
const treeOf = (raw) =>
  new Promise((resolve, reject) => {
    const parser = new MailParser();
    parser.on('data', (data) => {
      if (data.type === 'attachment') {
        data.content.on('end', () => data.release());
        data.content.resume();
      }
    });
    parser.on('end', () => resolve(parser.tree));
    parser.on('error', reject);
    parser.end(raw);
  });

async function mailparser(raw) {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true });
  const from = mail.from?.value?.[0];
  return {
    subject: mail.subject ?? '',
    from: from ? { name: from.name ?? '', address: from.address ?? '' } : null,
    text: mail.text ?? null,
    parts: leaves(await treeOf(raw), (n) => n.children, (n) => n.contentType === 'message/rfc822'),
    files: mail.attachments.map((a) => ({ name: a.filename ?? null, type: a.contentType, sha: sha(a.content), size: a.content.length })),
  };
}

async function postalMime(raw) {
  const parser = new PostalMime();
  const mail = await parser.parse(raw);
  return {
    subject: mail.subject ?? '',
    from: mail.from ? { name: mail.from.name ?? '', address: mail.from.address ?? '' } : null,
    text: mail.text ?? null,
    parts: leaves(parser.root, (n) => n.childNodes, (n) => n.contentType.parsed.value === 'message/rfc822'),
    files: mail.attachments.map((a) => {
      const bytes = typeof a.content === 'string' ? Buffer.from(a.content) : Buffer.from(a.content);
      return { name: a.filename ?? null, type: a.mimeType, sha: sha(bytes), size: bytes.length };
    }),
  };
}

for (const path of readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
  let result;
  try {
    result = await (peer === 'mailparser' ? mailparser : postalMime)(readFileSync(path));
  } catch (error) {
    result = { refused: String(error.message ?? error) };
  }
  console.log(JSON.stringify({ path, ...result }));
}
