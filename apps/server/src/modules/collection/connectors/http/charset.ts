/** The `charset` of a media type; undefined when it says none. */
export const charsetOf = (contentType: string): string | undefined => /;\s*charset="?([\w.:-]+)"?/i.exec(contentType)?.[1]

/** GB 2312 and GBK are read as GB 18030, which has them all. */
const labelOf = (charset: string): string => (/^(gb2312|gbk|gb_2312-80|x-gbk|cp936)$/i.test(charset) ? 'gb18030' : charset)

/**
 * A decoder that refuses what is no text.
 * @throws RangeError for a charset that nobody knows
 */
export const decoderOf = (charset = 'utf-8'): TextDecoder => new TextDecoder(labelOf(charset), { fatal: true })

/** @throws TypeError when the bytes are no text of it, RangeError for a charset that nobody knows */
export const decoded = (bytes: Uint8Array, charset: string | undefined): string => decoderOf(charset).decode(bytes)
