/** Encodings that can be read. Names are labels of the WHATWG Encoding Standard, so `TextDecoder` knows them. */
export const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type EncodingId = (typeof ENCODINGS)[number]

/** A byte that never occurs in UTF-8: transcoders put it where the input cannot be decoded. */
export const UNDECODABLE = 0xff
