import type { City } from '@datong/demo-city'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const fileOf = (home: string): string => join(home, 'demo-accounts.txt')

const PASSWORD_LINE = /^password: (.+)$/m

/**
 * The demonstration accounts with their one password, for the person at the terminal. The text is kept in the home folder,
 * readable for its owner only, so that a later start can print it again; the store has only a hash.
 */
export async function readDemoAccounts(home: string): Promise<{ text: string; password: string } | undefined> {
  try {
    const text = await readFile(fileOf(home), 'utf8')
    const password = PASSWORD_LINE.exec(text)?.[1]
    return password === undefined ? undefined : { text, password }
  } catch {
    return undefined
  }
}

/** Writes them down before the first account is made: a password that nobody knows would be of no use. */
export async function writeDemoAccounts(home: string, city: City, password: string): Promise<string> {
  const names = new Map(city.organisations.map(({ code, shortZh }) => [code, shortZh]))
  const lines = [...city.users, ...city.officers].map(({ username, nameZh, organisationCode, roles }) =>
    `  ${username.padEnd(20)} ${roles.join(', ').padEnd(20)} ${nameZh} ${organisationCode === null ? '公众' : (names.get(organisationCode) ?? '')}`)
  const text = `Demonstration accounts of ${city.city.name.zh} (${city.city.name.en}), an invented city. One for all:\npassword: ${password}\n${lines.join('\n')}\n`
  const draft = `${fileOf(home)}.next`
  await writeFile(draft, text, { mode: 0o600, flush: true })
  await rename(draft, fileOf(home))
  return text
}
