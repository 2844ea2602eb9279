import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of real files beside the project, or the one that `DATONG_SHARED` names; tests that use it skip without it. */
export const SHARED = resolve(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'))

export const hasShared = (): boolean => existsSync(join(SHARED, 'data', 'open'))
