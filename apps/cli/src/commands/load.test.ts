import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, runCommand, serve } from '../testing.ts'

const CODE = '306007-000001'
const LOAD = '018f0000-0000-7000-8000-000000000001'
const json = (body: object, status = 200): Answer => ({ body: JSON.stringify(body), status })
const problem = (code: string, status: number): Answer => ({
  status, type: 'application/problem+json',
  body: JSON.stringify({ type: '', title: 'Refused', status, detail: '', instance: '', code, errors: [{ pointer: '/fields/0', code: 'x', message: 'too secret' }] }),
})

/** Answers as the server does for one person, and remembers what was asked. */
class City {
  readonly asked: string[] = []
  uploads: string[] = []
  roles = ['provider']
  looks = 0
  failWith: object | null = null
  refuseOpening = false
  entry = { code: CODE, title: '停车场', summary: '', state: 'draft', openingType: null as string | null, sharingType: null as string | null, stars: 4, revision: 3 }

  answer(method: string, path: string, body: Buffer, token: string | undefined): Answer | null {
    this.asked.push(`${method} ${path}`)
    if (path === '/api/v1/session') {
      const { password } = JSON.parse(body.toString()) as { password: string }
      return password === 'right' ? json({ token: 'T', csrfToken: 'C', user: { name: '李明', roles: this.roles } }) : problem('identity/wrong-credentials', 401)
    }
    if (token !== 'Bearer T') return problem('access/unauthenticated', 401)
    if (path === '/api/v1/collection/uploads') {
      this.uploads.push(body.toString())
      return json({ loadId: LOAD, entryCode: CODE }, 202)
    }
    if (path.startsWith('/api/v1/collection/loads/')) return json(this.#load())
    if (path === `/api/v1/catalog/entries/${CODE}` && method === 'PATCH') {
      if (this.refuseOpening) return problem('catalog/invalid-entry', 422)
      Object.assign(this.entry, JSON.parse(body.toString()), { revision: this.entry.revision + 1 })
    }
    const action = /actions\/(\w+)$/.exec(path)?.[1]
    if (action !== undefined) this.entry.state = { submit: 'submitted', approve: 'approved', publish: 'published' }[action] ?? '?'
    return json({ ...this.entry, allowedActions: this.#allowed() })
  }

  #load(): object {
    const done = ++this.looks % 2 === 0
    return {
      id: LOAD, entryCode: CODE, state: this.failWith ? 'failed' : done ? 'done' : 'reading', progress: 0.5, rowsRead: 1200, rowsStored: 1198,
      rowsRejected: 2, detection: { encoding: 'GB18030' }, error: this.failWith,
    }
  }

  #allowed(): string[] {
    const { state } = this.entry
    const own = this.roles.includes('provider') && state === 'draft' ? ['edit', 'submit'] : []
    const stewards = this.roles.includes('steward') ? { submitted: ['approve', 'return', 'publish'], approved: ['publish', 'withdraw'] }[state] ?? [] : []
    return [...own, ...stewards]
  }
}

describe('datong load', () => {
  let city: City
  let folder: string
  let server: Awaited<ReturnType<typeof serve>>
  let env: Record<string, string>

  beforeEach(async () => {
    city = new City()
    server = await serve(({ method = '', url = '', headers }, body) => city.answer(method, url, body, headers.authorization))
    folder = await mkdtemp(join(tmpdir(), 'datong-cli-'))
    await writeFile(join(folder, 'b.csv'), '名称,数量\n甲,1\n')
    await writeFile(join(folder, 'a.csv'), 'x\n1\n')
    await writeFile(join(folder, 'notes.pdf'), 'no data')
    env = { DATONG_URL: `${server.url}/`, DATONG_USER: 'provider', DATONG_PASSWORD: 'right', XDG_CONFIG_HOME: join(folder, 'config') }
  })
  afterEach(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  it('loads a file and says all about it in one line', async () => {
    const { code, lines } = await runCommand(['load', join(folder, 'b.csv'), '--org', '11330000000000001X'], env)
    expect(lines).toEqual([`b.csv · 1,200 rows read, 1,198 stored, 2 rejected · GB18030 · ${CODE} · ★★★★☆`])
    expect(code).toBe(0)
    const [upload = ''] = city.uploads
    expect(upload.indexOf('name="organisation"')).toBeGreaterThan(0)
    expect(upload.indexOf('name="organisation"')).toBeLessThan(upload.indexOf('name="file"; filename="b.csv"'))
    expect(upload).toContain('甲,1')
  })

  it('loads the data files of a folder in order and leaves other files', async () => {
    await mkdir(join(folder, 'c'))
    await writeFile(join(folder, 'c', 'd.xlsx'), 'zip')
    const { code, lines, asides } = await runCommand(['load', folder], env)
    expect(lines.map((line) => line.split(' · ')[0])).toEqual(['a.csv', 'b.csv', 'd.xlsx'])
    expect(asides).toEqual(['3 of 3 files went well'])
    expect(code).toBe(0)
  })

  it('opens and submits what a provider may, and says that the steward decides', async () => {
    const { code, lines } = await runCommand(['load', join(folder, 'b.csv'), '--open'], env)
    expect(lines[0]).toContain('submitted, awaits the steward')
    expect(code).toBe(1) // not open yet: not all went well
    expect(city.entry).toMatchObject({ state: 'submitted', openingType: 'open', sharingType: 'unconditional' })
    expect(city.entry.summary).toContain('b.csv')
  })

  it('publishes when the same person is the steward too', async () => {
    city.roles = ['provider', 'steward']
    const { code, lines } = await runCommand(['load', join(folder, 'b.csv'), '--open'], env)
    expect(lines[0]).toContain('open and published')
    expect(code).toBe(0)
    expect(city.entry.state).toBe('published')
  })

  it('fails with the reason when the entry must not be opened', async () => {
    city.refuseOpening = true
    const { code, lines } = await runCommand(['load', join(folder, 'b.csv'), '--open'], env)
    expect(lines[0]).toContain('too secret')
    expect(code).toBe(1)
  })

  it('fails with the reason when the load does', async () => {
    city.failWith = { code: 'collection/empty-file', detail: 'The file is empty', errors: [] }
    const { code, lines } = await runCommand(['load', folder], env)
    expect(lines[0]).toBe(`a.csv · failed · The file is empty · ${CODE}`)
    expect(lines).toHaveLength(2)
    expect(code).toBe(1)
  })

  it('goes on with the other files when one is not there, and does not say that all went well', async () => {
    const { code, lines, asides } = await runCommand(['load', join(folder, 'b.csv'), join(folder, 'gone.csv')], env)
    expect(lines).toHaveLength(1)
    expect(asides[0]).toContain('Cannot find')
    expect(code).toBe(1)
  })

  it('uses the saved login, which nobody else may read', async () => {
    expect((await runCommand(['login'], env)).code).toBe(0)
    const file = join(folder, 'config', 'datong', 'login.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).not.toContain('right')
    const { DATONG_USER: _user, DATONG_PASSWORD: _password, ...saved } = env
    expect((await runCommand(['load', join(folder, 'b.csv')], saved)).code).toBe(0)
    expect((await runCommand(['load', join(folder, 'b.csv')], { ...saved, DATONG_URL: 'http://127.0.0.1:9' })).asides[0]).toContain('Not signed in')
  })

  it('says what is wrong with the login, the options and the command', async () => {
    expect((await runCommand(['load', folder], { ...env, DATONG_PASSWORD: 'wrong' })).asides[0]).toContain('identity/wrong-credentials')
    expect((await runCommand(['load', folder, '--opne'], env)).asides[0]).toContain('Wrong arguments')
    expect(await runCommand(['lode'], env)).toMatchObject({ code: 2 })
    expect((await runCommand([], env)).lines[0]).toContain('datong <command>')
  })
})
