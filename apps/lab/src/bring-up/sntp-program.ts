// Runs inside the rack: asks the NTP server at ADDRESS for the time (RFC 4330) and exits 0 when it answers well.
import { createSocket } from 'node:dgram';

const [address = ''] = process.argv.slice(2);
const CLIENT_VERSION_4 = 0x23;
const SERVER_MODE = 4;
const TRIES = 10;

const socket = createSocket('udp4');
const request = Buffer.alloc(48);
request[0] = CLIENT_VERSION_4;
let tries = 0;

const ask = (): void => {
  tries += 1;
  if (tries > TRIES) {
    process.stderr.write(`no usable answer from ${address}:123\n`);
    process.exit(1);
  }
  socket.send(request, 123, address);
};

socket.on('error', (error) => process.stderr.write(`${error.message}\n`));
socket.on('message', (answer) => {
  const mode = (answer[0] ?? 0) & 7;
  const stratum = answer[1] ?? 0;
  // Stratum 0 is a refusal, 16 "not synchronised".
  if (answer.length < 48 || mode !== SERVER_MODE || stratum < 1 || stratum > 15) return;
  process.stdout.write(`stratum ${stratum}\n`);
  process.exit(0);
});
setInterval(ask, 1000);
ask();
