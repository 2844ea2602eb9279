import { type BulkImport, operations, type Problem, ProblemError } from '@datong/contracts'
import { sessionHeaders } from '../../shared/api/client.ts'

/** Sends a sheet to be read; nothing changes yet. */
export async function sendSheet(file: File): Promise<BulkImport> {
  const form = new FormData()
  form.append('file', file)
  const answer = await fetch(operations.uploadBulkImport.path, { method: 'POST', headers: { accept: 'application/json', ...sessionHeaders() }, body: form })
  const body: unknown = await answer.json()
  if (!answer.ok) throw new ProblemError(body as Problem) // refusals are problem+json
  return body as BulkImport // the server validates its answers against this schema
}
