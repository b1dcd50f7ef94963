// Runs inside the rack: serves the files below FOLDER at http://ADDRESS:PORT/debian/ and says each request in a line.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';

const [folder = '', address = '', port = ''] = process.argv.slice(2);
const PREFIX = '/debian/';

async function serve(url: string, head: boolean, answer: ServerResponse): Promise<number> {
  // A relative path that is normal does not begin with "..", so it stays inside.
  const path = normalize(decodeURIComponent(new URL(url, 'http://archive').pathname));
  if (!path.startsWith(PREFIX)) return 404;
  const file = join(folder, path.slice(PREFIX.length));
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) return 404;
  answer.writeHead(200, { 'Content-Length': found.size, 'Last-Modified': found.mtime.toUTCString() });
  if (head) answer.end();
  else await pipeline(createReadStream(file), answer);
  return 200;
}

const server = createServer((request, answer) => {
  const { url = '', method = '' } = request;
  serve(url, method === 'HEAD', answer)
    .then((status) => {
      if (status !== 200) answer.writeHead(status).end();
      process.stdout.write(`${method} ${url} ${status}\n`);
    })
    .catch((error: Error) => {
      process.stdout.write(`${method} ${url} ${error.message}\n`);
      answer.destroy();
    });
});
server.listen(Number(port), address, () => process.stdout.write('listening\n'));
