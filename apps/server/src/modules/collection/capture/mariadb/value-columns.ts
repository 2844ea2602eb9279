import { AppError } from '@datong/kernel'
import type { CapturedColumn } from '../captured-source.ts'
import type { ValueColumn } from './read-value.ts'

/** MySQL's names of character sets by those of the Encoding Standard; its latin1 is windows-1252. */
const ENCODINGS: Readonly<Record<string, string>> = {
  utf8mb4: 'utf-8', utf8mb3: 'utf-8', utf8: 'utf-8', ascii: 'utf-8', latin1: 'windows-1252', gbk: 'gb18030', gb2312: 'gb18030', gb18030: 'gb18030', big5: 'big5',
  ucs2: 'utf-16be', utf16: 'utf-16be', utf16le: 'utf-16le',
}

/** Written in the log in a form of their own. */
const UNREAD = /^(json|uuid|inet|geometry|point|polygon|linestring|multi|vector)|compressed/

/** What reading a column's values needs besides the log. @throws AppError `collection/capture-impossible` for a type or character set that is not read */
export function valueColumn({ name, sourceType, details = {} }: CapturedColumn, utcOffset: string): ValueColumn {
  const charset = details['charset']
  const encoding = typeof charset === 'string' ? ENCODINGS[charset] : undefined
  if (UNREAD.test(sourceType) || (typeof charset === 'string' && encoding === undefined)) {
    throw new AppError('collection/capture-impossible', { object: name, reason: 'column-type' })
  }
  const decoder = encoding === undefined ? undefined : new TextDecoder(encoding)
  const offsetSeconds = secondsOf(utcOffset)
  return {
    isUnsigned: /unsigned|zerofill/.test(sourceType),
    decode: decoder === undefined ? null : (bytes) => decoder.decode(bytes),
    words: /^(enum|set)\(/.test(sourceType) ? wordsOf(sourceType) : [],
    width: Number((sourceType.includes('zerofill') ? /\((\d+)/ : /^binary\((\d+)\)/).exec(sourceType)?.[1] ?? 0),
    localTime: (seconds) => new Date((seconds + offsetSeconds) * 1000).toISOString().slice(0, 19).replace('T', ' '),
  }
}

function secondsOf(utcOffset: string): number {
  const [hours = 0, minutes = 0] = utcOffset.slice(1).split(':').map(Number)
  return (utcOffset.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60)
}

/** `enum('a','b''c')`: quotes are doubled within a word. */
const wordsOf = (type: string): string[] => [...type.matchAll(/'((?:[^']|'')*)'/g)].map(([, word = '']) => word.replaceAll("''", "'"))
