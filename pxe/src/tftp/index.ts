export { PortUnavailableError } from '../shared/udp-socket.ts';
export { checkTftp, type TftpCheck, TftpCheckError } from './check-tftp.ts';
export { confinedFiles, normalizeName } from './confined-files.ts';
export type { TftpFile } from './tftp-content.ts';
export type { RefusalReason, TftpEvent, TransferSubject } from './tftp-event.ts';
export { type TftpPeer, type TftpResolver, TftpServer, type TftpServerOptions } from './tftp-server.ts';
