import { operations, ProblemError, type Problem, type WatermarkReading } from '@datong/contracts'
import { sessionHeaders } from '../../shared/api/client.ts'

/** Sends a found file to be read. @throws ProblemError, TypeError when the connection broke */
export async function readFoundFile(file: File): Promise<WatermarkReading> {
  const form = new FormData()
  form.append('file', file)
  const { method, path } = operations.readWatermark
  const answer = await fetch(path, { method, body: form, headers: { accept: 'application/json', ...sessionHeaders() } })
  const body = (await answer.json()) as unknown
  if (!answer.ok) throw new ProblemError(body as Problem) // every refusal is one
  return body as WatermarkReading // the server validates its answers against this schema
}
