import type { Random } from '@datong/kernel'
import { existsSync } from 'node:fs'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { StartFailure } from './start-failure.ts'

const SecretsFile = Type.Object({
  cursorKey: Type.String({ minLength: 43 }),
  sessionPepper: Type.String({ minLength: 43 }),
  logSigningSeed: Type.String({ minLength: 43 }),
  maskingKey: Type.String({ minLength: 43 }),
  logOrigin: Type.String({ minLength: 1 }),
})

/** What an installation must keep to stay itself; each secret has 32 bytes. */
export interface Secrets {
  readonly cursorKey: Uint8Array
  readonly sessionPepper: Uint8Array
  readonly logSigningSeed: Uint8Array
  readonly maskingKey: Uint8Array
  /** Name of the evidence log; not secret, but as unchangeable as the key beside it. */
  readonly logOrigin: string
}

/**
 * Reads `secrets.json` of the home folder, or makes it at the first start. Of two processes that start at once one
 * makes it and both use it. Processes of one installation must share it.
 * @param origin name for the log when it is made now; null makes one up
 * @throws StartFailure when the file is no good, or is missing beside a store: new secrets would not fit what is in it
 */
export async function readSecrets(home: string, random: Random, origin: string | null): Promise<Secrets> {
  const file = join(home, 'secrets.json')
  const found = await readIfThere(file)
  if (found !== undefined) return parse(found, file)
  if (existsSync(join(home, 'postgres', 'PG_VERSION'))) {
    throw new StartFailure(`The secrets in ${file} are missing, and without them the store beside them cannot go on; restore the file from a backup.`)
  }
  const secret = (): string => Buffer.from(random.bytes(32)).toString('base64url')
  const made: Static<typeof SecretsFile> = {
    cursorKey: secret(), sessionPepper: secret(), logSigningSeed: secret(), maskingKey: secret(),
    logOrigin: origin ?? `datong.invalid/${Buffer.from(random.bytes(6)).toString('hex')}/log`,
  }
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    // Unlike renaming, linking fails when another process was first.
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  return parse(await readFile(file, 'utf8'), file)
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function parse(content: string, file: string): Secrets {
  const value: unknown = parseJson(content)
  if (!Check(SecretsFile, value)) throw new StartFailure(`The secrets in ${file} are damaged; restore the file from a backup.`)
  const bytes = (name: 'cursorKey' | 'sessionPepper' | 'logSigningSeed' | 'maskingKey') => new Uint8Array(Buffer.from(value[name], 'base64url'))
  return {
    cursorKey: bytes('cursorKey'), sessionPepper: bytes('sessionPepper'), logSigningSeed: bytes('logSigningSeed'), maskingKey: bytes('maskingKey'),
    logOrigin: value.logOrigin,
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
