import { trimSigns } from '@datong/kernel'

/** Object ids of types whose output differs from what the connector reads. */
const BOOL = 16
const BPCHAR = 1042
const MONEY = 790
const TIMESTAMPTZ = 1184

/** A value of the stream as the connector's reads write it: words for yes and no, times in the source's zone without naming it, no padding. */
export function textOf(type: number): (text: string) => string {
  switch (type) {
    case BOOL: return (text) => (text === 't' ? 'true' : 'false')
    case BPCHAR: return (text) => trimSigns(text, ' ', 'end')
    case TIMESTAMPTZ: return (text) => text.replace(/[+-]\d\d(?::\d\d){0,2}(?= BC$|$)/, '')
    case MONEY: return (text) => text.replace(/[^\d.()-]/g, '').replace(/^\((.*)\)$/, '-$1')
    default: return (text) => text
  }
}

/** The session's settings under which texts of both ways are alike, as options of the connection. @param utcOffset such as `+08:00` */
export const textOptions = (utcOffset: string): string => {
  // POSIX counts westwards.
  const west = utcOffset.startsWith('-') ? utcOffset.replace('-', '+') : utcOffset.replace('+', '-')
  return `-c datestyle=ISO,YMD -c intervalstyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex -c lc_monetary=C -c timezone=<${utcOffset}>${west}`
}

/** How a column is selected so that it comes as the stream has it. */
export const selectedText = (quoted: string, type: string): string =>
  `${quoted}${/^timestamp.* with time zone$/.test(type) ? '::timestamp' : type === 'money' ? '::numeric' : ''}::text`
