// The same work as MimeWork by postal-mime: node postal-mime.mjs PATH SECONDS, prints MB/s.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { default: PostalMime } = await import(createRequire(join(process.cwd(), 'package.json')).resolve('postal-mime'));
const [path, seconds] = process.argv.slice(2);
const list = (p) => (statSync(p).isDirectory() ? readdirSync(p).sort().flatMap((n) => list(join(p, n))) : p.endsWith('.eml') ? [p] : []);
const messages = list(path).map((p) => readFileSync(p));
const size = messages.reduce((sum, m) => sum + m.length, 0);

async function passes(limit) {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < limit * 1000) {
    for (const message of messages) {
      try {
        await new PostalMime().parse(message);
      } catch {
        // What it refuses costs it nothing: in its favour.
      }
    }
    count++;
  }
  return [count, (performance.now() - start) / 1000];
}

await passes(Math.min(seconds, 2));
const [count, took] = await passes(Number(seconds));
console.log(`${((size * count) / took / 1e6).toFixed(1)} -`);
