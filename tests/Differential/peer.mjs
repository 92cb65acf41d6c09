// What mailparser or postal-mime make of messages: node peer.mjs mailparser|postal-mime LIST, a line of JSON for each path in LIST.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');
const [peer, list] = process.argv.slice(2);

async function mailparser(raw) {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true });
  const from = mail.from?.value?.[0];
  return {
    subject: mail.subject ?? '',
    from: from ? { name: from.name ?? '', address: from.address ?? '' } : null,
    text: mail.text ?? null,
    files: mail.attachments.map((a) => ({ name: a.filename ?? null, type: a.contentType, sha: sha(a.content), size: a.content.length })),
  };
}

async function postalMime(raw) {
  const mail = await PostalMime.parse(raw);
  return {
    subject: mail.subject ?? '',
    from: mail.from ? { name: mail.from.name ?? '', address: mail.from.address ?? '' } : null,
    text: mail.text ?? null,
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
