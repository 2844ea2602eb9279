import type { LoadState } from '@datong/contracts'
import type { ReceiptCheckName } from '@datong/evidence-log'
import type { Messages } from './messages-zh.ts'

const STATES: Readonly<Record<LoadState, string>> = {
  received: 'received', detecting: 'detecting the format', reading: 'reading', typing: 'finding types', storing: 'storing',
  profiling: 'profiling and grading', done: 'done', failed: 'failed', paused: 'paused', held: 'waits for a decision',
}

const CHECKS: Readonly<Record<ReceiptCheckName | 'shown', string>> = {
  format: 'the receipt is complete',
  leaf: 'the public leaf can be read',
  disclosure: 'the content is what the leaf commits to',
  checkpoint: 'the checkpoint is signed with the log\'s key',
  inclusion: 'the record stands in the signed log',
  shown: 'id, time and chain are those of the leaf',
}

/** Every sentence that the command line says, in English. */
export const en: Messages = {
  language: 'en',
  usage: `Usage: datong <command>

  login                                    save a login (~/.config/datong, readable by you alone)
  load <file or folder>… [--org CODE] [--open]   load files: detect, store, profile, grade, catalogue; --open also opens and publishes
  verify <receipt file | receipt id or URL | log URL> [--key KEY]   check evidence with nothing but the log's public key
  doctor                                   check the server, the disk and the evidence log
  serve                                    start the server (production)
  admin create                             create an administrator

Environment: DATONG_URL (default http://127.0.0.1:8080), DATONG_USER, DATONG_PASSWORD, DATONG_KEY, DATONG_LOG_KEY`,
  unknownCommand: (name) => `There is no command ${name}.`,
  badOption: (detail) => `Wrong arguments: ${detail}`,
  unreachable: (url, reason) => `Cannot reach ${url} (${reason}). Is the server running?`,
  notSignedIn: 'Not signed in: run datong login first, or set DATONG_USER and DATONG_PASSWORD.',
  sessionOver: 'The login has ended: run datong login again.',
  problem: (title, code) => `${title} (${code})`,
  unexpected: (detail) => `Something unforeseen happened: ${detail}`,
  askUser: 'User name: ',
  askPassword: 'Password: ',
  noTerminal: 'There is no terminal to ask on: set DATONG_USER and DATONG_PASSWORD.',
  signedIn: (name, roles, file) => `Signed in as ${name} (${roles}), saved in ${file}`,
  noFiles: 'There are no files to load.',
  noSuchFile: (path) => `Cannot find ${path}`,
  loadState: (state) => STATES[state],
  uploading: 'uploading',
  rowsSoFar: (rows) => `${rows} rows read`,
  rows: (read, stored, rejected) => `${read} rows read, ${stored} stored, ${rejected} rejected`,
  unknownEncoding: 'binary',
  noStars: 'no stars yet',
  published: 'open and published',
  awaitsSteward: 'submitted, awaits the steward',
  remains: (state) => `remains ${state}`,
  failed: 'failed',
  summaryOfFile: (title, file) => `${title}. The data come from the file ${file}; fields and types were found by the platform.`,
  total: (good, all) => `${good} of ${all} files went well`,
  check: (name) => CHECKS[name],
  receiptHolds: (index, size, origin) => `The receipt holds: entry ${index} of ${size} in ${origin}.`,
  receiptFails: 'The receipt does not hold.',
  receiptPending: 'The record is durable but has no place in the signed log yet; try again in a moment.',
  noReceipt: 'This is not a receipt.',
  keyFromReceipt: (key) => `Note: the key is the one in the receipt itself (${key}); compare it with the published one, or give --key.`,
  keyFromServer: (key) => `Note: the key is the one that the server gave (${key}); compare it with the published one, or give --key.`,
  badKey: (reason) => `--key is not the public key of a log: ${reason}`,
  noKey: 'The log\'s key is missing: give it with --key.',
  who: 'who',
  what: 'what',
  about: 'about',
  when: 'when',
  detail: 'detail',
  logHead: (origin, size) => `log ${origin}, ${size} entries`,
  reading: (done, all) => `${done} of ${all} entries read`,
  signatureHolds: 'the signature of the checkpoint holds',
  entriesHold: (entries) => `${entries} entries hash, byte for byte, to the signed root`,
  tilesHold: (tiles) => `${tiles} hash tiles are whole`,
  damage: (place, reason) => `damaged: ${place}: ${reason}`,
  moreDamages: (count) => `and ${count} more`,
  logSound: 'The log is sound.',
  logDamaged: (count) => `The log is damaged in ${count} ${count === 1 ? 'place' : 'places'}.`,
  ready: 'the server is ready',
  notReady: (parts) => `the server is not ready: ${parts}`,
  diskFree: (folder, free) => `${free} free on the disk of ${folder}`,
  diskLow: (folder, free) => `only ${free} free on the disk of ${folder}`,
  logStatus: (size, pending) => `the evidence log has ${size} entries, ${pending} wait`,
  lastAudit: (state, at) => `the last check of the whole log: ${state} (${at})`,
  neverAudited: 'the whole log was never checked',
  auditStates: { running: 'running', sound: 'sound', damaged: 'damaged', failed: 'not finished' },
}
