import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'

/** A form on its way: its media type with the boundary, and its bytes as they are read from the disk. */
export interface StreamedForm {
  readonly contentType: string
  readonly body: ReadableStream<Uint8Array>
}

/**
 * A multipart form with fields and then one file, read only as fast as it is sent: `FormData` would read ahead without
 * end and hold most of a large file in memory.
 * @see RFC 7578
 */
export function streamForm(fields: Readonly<Record<string, string>>, path: string, boundary: string): StreamedForm {
  const parts = async function* (): AsyncGenerator<Uint8Array> {
    for (const [name, value] of Object.entries(fields)) yield Buffer.from(`${head(boundary, `name="${name}"`)}\r\n${value}\r\n`)
    const file = `name="file"; filename="${quoted(basename(path))}"`
    yield Buffer.from(`${head(boundary, file)}Content-Type: application/octet-stream\r\n\r\n`)
    yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer> // without an encoding it gives bytes
    yield Buffer.from(`\r\n--${boundary}--\r\n`)
  }
  // Node's web streams are those of the platform; only the types are declared twice.
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Readable.toWeb(Readable.from(parts())) as ReadableStream<Uint8Array> }
}

const head = (boundary: string, disposition: string): string => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`

/** File names as browsers write them. @see HTML standard, multipart/form-data encoding algorithm */
const quoted = (name: string): string => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
