import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

export interface SavedLogin {
  readonly url: string
  readonly token: string
}

type Env = Readonly<Record<string, string | undefined>>

/** Where logins are saved. @see XDG Base Directory Specification */
const loginFile = (env: Env): string => {
  const config = env['XDG_CONFIG_HOME']
  return join(config === undefined || config === '' ? join(env['HOME'] ?? homedir(), '.config') : config, 'datong', 'login.json')
}

/** The login saved for this server, or null. */
export async function readLogin(env: Env, url: string): Promise<SavedLogin | null> {
  let saved: unknown
  try {
    saved = JSON.parse(await readFile(loginFile(env), 'utf8'))
  } catch {
    return null
  }
  if (typeof saved !== 'object' || saved === null) return null
  const fields = new Map<string, unknown>(Object.entries(saved))
  const token = fields.get('token')
  // A token is shown to the server that gave it and to no other.
  return fields.get('url') === url && typeof token === 'string' ? { url, token } : null
}

/** Saves a login so that nobody else on the machine can read it. @returns the file's path */
export async function saveLogin(env: Env, login: SavedLogin): Promise<string> {
  const file = loginFile(env)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify(login)}\n`, { mode: 0o600 })
  // The mode above counts only for a file that is new.
  await chmod(file, 0o600)
  return file
}
