/**
 * Turns `length` bytes of `input` into UTF-8 in `out` (room for three times as many bytes). Leaves a character that
 * is cut off at the end unread, unless `final`.
 */
export type ByteDecoder = (
  input: Uint8Array,
  length: number,
  out: Uint8Array,
  final: boolean,
) => { readonly read: number; readonly written: number }
