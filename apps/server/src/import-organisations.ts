import { OrganisationSchema, RegionSchema } from '@datong/contracts'
import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { besideServer, type Installation } from './beside-server.ts'
import { SYSTEM_ACTOR } from './modules/identity/index.ts'
import { sqlState } from '@datong/metadata-store'
import { StartFailure } from './start-failure.ts'

/** The file: regions, parents before children, and the organisations in them, in the shapes of the interface. */
const OrganisationsFile = Type.Object({ regions: Type.Array(RegionSchema), organisations: Type.Array(OrganisationSchema) })

/** Adds the regions and organisations of a JSON file; those that are there stay as they are. */
export async function importOrganisations(installation: Installation, [file]: readonly string[], say: (line: string) => void): Promise<void> {
  if (file === undefined) throw new StartFailure('Name the JSON file with `regions` and `organisations`.')
  const content = parse(await readFile(file, 'utf8').catch((error: unknown) => {
    throw new StartFailure(`${file} cannot be read.`, { cause: error })
  }), file)
  if (!Check(OrganisationsFile, content)) {
    const issues = Errors(OrganisationsFile, content).map(({ instancePath, message }) => `  ${instancePath} ${message}`)
    throw new StartFailure(`${file} is not as it should be:\n${issues.join('\n')}`)
  }
  await besideServer(installation, async ({ organisations }) => {
    try {
      await organisations.add(content, SYSTEM_ACTOR)
    } catch (error) {
      if (sqlState(error)?.startsWith('23') !== true) throw error
      throw new StartFailure(`${file} does not hold together: ${String(error instanceof Error && 'detail' in error ? error.detail : error)}`, { cause: error })
    }
    say(`${content.regions.length} regions and ${content.organisations.length} organisations are there.`)
  })
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new StartFailure(`${file} is not JSON: ${String(error)}`)
  }
}
