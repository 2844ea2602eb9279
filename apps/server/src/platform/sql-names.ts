/** PostgreSQL's parser cuts names at this many bytes, at the end of a character: 21 of Chinese. */
const NAME_BYTES = 63

/** A name as the parser hands it on. */
export function cutName(name: string): string {
  const bytes = Buffer.from(name)
  if (bytes.length <= NAME_BYTES) return name
  let end = NAME_BYTES
  while ((bytes[end]! & 0xc0) === 0x80) end-- // within the buffer
  return bytes.subarray(0, end).toString()
}

/** Whether a thing of this name is meant by what the parser read. */
export const isCalled = (name: string, written: string): boolean => name === written || cutName(name) === written
