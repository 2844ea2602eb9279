import { join } from 'node:path'
import { factsOf } from '../loads/detection-facts.ts'
import type { Intake } from '../loads/intake.ts'
import { detectSource, readSource } from '../loads/read-source.ts'
import { readingFor } from '../recipes/reading.ts'
import type { RecipeStore } from '../recipes/recipe-store.ts'
import type { Workspace } from '../workspace.ts'

/** Reads the file that was uploaded: how it is to be read is found out anew, unless the entry's recipe says that it is read as before. */
export const createUploadIntake = (workspace: Workspace, recipes: Pick<RecipeStore, 'active'>): Intake => ({
  mayBeEmpty: false,
  take: async (load, { scratch, progress, rejects, signal }) => {
    const path = workspace.incomingPath(load.id)
    const detection = await detectSource(path, load.bytes, await readingFor(recipes, load.entry_code))
    const facts = factsOf(detection)
    await progress.begin('reading', { detection: JSON.stringify(facts) })
    const { table, result } = await readSource(path, detection, join(scratch, 'normalised.csv'), {
      reject: (batch) => rejects.add(batch.map((one) => ({ ...one, field: null }))),
      progress: (bytesRead, rowsRead) => progress.tick(bytesRead / load.bytes, { rows_read: rowsRead, rows_rejected: rejects.total }),
      signal,
    })
    const { rowsRead, rowsRejected } = result
    return { table, rowsRead, rowsRejected, facts, inputs: [{ kind: 'file', name: load.file_name, sha256: load.sha256 }], mode: 'full' }
  },
})
