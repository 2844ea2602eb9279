import { existsSync } from 'node:fs'
import path from 'node:path'

const repositoryRoot = path.resolve(import.meta.dirname, '../../../..')
const shared = process.env['DATONG_SHARED'] ?? path.join(repositoryRoot, '../shared')

/** Folder of the published vectors, which are not part of this repository. */
export const vectors = path.join(shared, 'conformance/evidence-log')

/** Why tests with published vectors are skipped, to be added to their name; empty when they run. */
export const withoutVectors = existsSync(vectors) ? '' : ' (skipped: set DATONG_SHARED to the folder of the vectors)'
