import type { DataEngine } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { join } from 'node:path'
import type { Intake } from '../loads/intake.ts'
import { reason } from '../loads/reason.ts'
import { openRowSheet } from '../loads/row-sheet.ts'
import { lineageOfFile } from '../versions/lineage.ts'
import type { VersionStore } from '../versions/version-store.ts'
import type { Workspace } from '../workspace.ts'
import { hintsOf, sourceOf, textRows } from './source-rows.ts'

interface Deps {
  readonly engine: DataEngine
  readonly versions: Pick<VersionStore, 'find'>
  readonly workspace: Workspace
}

/** Takes the rows of a version that is there, so that the recipe in use goes over them. `details.version` is its number. */
export const createReplayIntake = ({ engine, versions, workspace }: Deps): Intake => ({
  mayBeEmpty: true,
  take: async (load, { scratch, progress, rejects, signal }) => {
    const version = await versions.find(load.entry_code, Number(load.details['version']))
    if (version === undefined) throw new AppError('cleansing/no-rows-yet')
    const source = sourceOf(version, workspace)
    await progress.begin('reading')
    const sheet = await openRowSheet(join(scratch, 'normalised.csv'), source.names, { rejects })
    let rows = 0
    for await (const batch of textRows(engine, source, [], signal)) {
      await sheet.write(batch.map(({ cells }) => cells))
      rows += batch.length
      progress.tick(rows / source.rows, { rows_read: rows })
    }
    const { table, rowsRejected, bytes } = await sheet.end()
    const because = reason(source.original ? 'version/original' : 'version/rows', { version: version.number })
    return {
      table, rowsRead: rows, rowsRejected, mode: 'full', hints: hintsOf(source), received: { bytes, sha256: version.content_hash },
      facts: { format: 'version', encoding: null, delimiter: null, headerRows: 0, columns: source.names.length, reasons: [because] },
      inputs: source.original ? (version.lineage ?? lineageOfFile(version.source, version.manifest.source.sha256)).inputs : [{ kind: 'version', entryCode: load.entry_code, version: version.number }],
    }
  },
})
