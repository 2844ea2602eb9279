import type { Form, FormField, FormRow, FormSummary, Notice } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, BUREAU, HERE, type TestServer, THERE } from '../../../testing/a-server.ts'

type Session = Awaited<ReturnType<TestServer['as']>>
interface Refusal { readonly code: string; readonly errors?: readonly { readonly pointer: string }[] }

const field = (name: string): FormField => ({ name, element: null, type: 'text', required: true, maxLength: 20, scale: null, minimum: null, maximum: null, codeList: null, recognizer: null, help: null })
const design = (change: object = {}) => ({
  title: '窗口月报', about: '', organisation: BUREAU, departments: [HERE, THERE], fields: [field('窗口')], keyFields: ['窗口'], dueOn: null, schedule: { rhythm: 'monthly', keeps: 'together', opensDay: 1, dueDay: 5 }, ...change,
})

describe('rounds of forms', () => {
  let server: TestServer
  let now: Date
  let steward: Session
  let here: Session
  let there: Session
  let owner: Session

  /** Later, by the clocks of China; sessions of before are over then. */
  async function at(time: string): Promise<void> {
    now = new Date(`${time}:00+08:00`)
    ;[steward, here, there, owner] = await Promise.all([server.as('steward', BUREAU), server.as('provider', HERE), server.as('provider', THERE), server.as('provider', BUREAU)])
    await server.collection.watchFormRounds()
  }
  beforeAll(async () => {
    now = new Date('2024-05-30T10:00:00+08:00')
    // Each look at the clock is a moment later, so that notices keep their order.
    let looks = 0
    server = await aServer({ clock: { now: () => new Date(now.getTime() + looks++ % 60_000) } })
    await at('2024-05-30T10:00')
  })
  afterAll(() => server.stop())

  async function api<T>(who: Session, method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, payload?: object): Promise<{ status: number; body: T }> {
    const answer = await server.app.inject({ method, url: `/api/v1${url}`, headers: who.headers, ...(payload === undefined ? {} : { payload }) })
    return { status: answer.statusCode, body: answer.json<T>() }
  }
  const forms = '/collection/forms'
  const seen = async (who: Session, { id }: Form, round?: number) => (await api<Form>(who, 'GET', `${forms}/${id}${round === undefined ? '' : `?round=${round}`}`)).body
  const opened = async (change: object = {}): Promise<Form> => {
    const { body } = await api<Form>(steward, 'POST', forms, design(change))
    return (await api<Form>(steward, 'POST', `${forms}/${body.id}/actions/open`, {})).body
  }
  const fill = (who: Session, { id }: Form, names: readonly string[], round?: number) => api<Refusal & { total: number }>(who, 'POST', `${forms}/${id}/rows`, { ...(round === undefined ? {} : { round }), rows: names.map((name) => ({ values: { 窗口: name } })), remove: [] })
  const act = (who: Session, { id }: Form, organisation: string, action: string, body: object = {}) => api<Form & Refusal>(who, 'POST', `${forms}/${id}/tasks/${organisation}/actions/${action}`, body)
  const handIn = async (who: Session, organisation: string, form: Form, names: readonly string[], round?: number): Promise<Form> => {
    await fill(who, form, names, round)
    const { status, body } = await act(who, form, organisation, 'submit', round === undefined ? {} : { round })
    expect(status).toBe(200)
    return body
  }
  const partOf = (form: Form, organisation: string) => form.tasks.find((task) => task.organisation.code === organisation)

  async function until<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean): Promise<T> {
    for (;;) {
      const answer = await ask()
      if (isIt(answer)) return answer
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const notices = async (who: Session, { id }: Form) => (await api<{ items: Notice[] }>(who, 'GET', '/notices?limit=100')).body.items.filter(({ subject }) => subject.id === id).map(({ kind, params }) => ({ kind, ...params }))
  /** A version: its columns, and what its rows say of which period. */
  async function rowsOf(entryCode: string, number: number): Promise<{ names: string[]; rows: unknown[][] }> {
    const answer = await server.app.inject({ url: `/data/v1/${entryCode}/versions/${number}/rows?limit=100`, headers: owner.headers })
    const { items } = answer.json<{ items: Record<string, unknown>[] }>()
    return { names: Object.keys(items[0] ?? {}), rows: items.map((item) => [item['窗口'], item['报告期']]) }
  }
  const versionOf = (form: Form, number: number) => until(async () => (await seen(steward, form)).entryCode, (code) => code !== null).then((code) =>
    until(() => server.collection.lake.current(code!), (version) => version?.number === number).then(() => code!))

  let monthly: Form

  it('open by themselves on a working day after their period, for whom the form asks, with a notice', async () => {
    monthly = await opened()
    // The fifth working day of May has passed: May itself is next.
    expect(monthly).toMatchObject({ round: null, rounds: [], tasks: [], departments: 2, next: { period: '2024-05', opensAt: '2024-06-02T16:00:00.000Z', dueAt: '2024-06-07T15:59:59.999Z' } })
    expect(await seen(here, monthly)).toMatchObject({ own: null, asked: [], next: { period: '2024-05' } })
    expect((await fill(here, monthly, ['甲'])).status).toBe(404)
    await at('2024-06-02T23:00')
    expect((await seen(here, monthly)).round).toBeNull()
    await at('2024-06-03T09:00')
    expect(await seen(here, monthly)).toMatchObject({ own: { state: 'asked', standing: 'in-time', workingDays: 4, allowedActions: ['fill', 'submit'] }, round: { number: 1, period: '2024-05', state: 'open' }, next: { period: '2024-06' } })
    expect(await until(() => notices(here, monthly), (told) => told.length > 0)).toEqual([{ kind: 'form-opened', title: '窗口月报 2024-05', due: '2024-06-07' }])
  })

  it('show the bureau who is late, before and after, and tell those who are, once', async () => {
    await fill(here, monthly, ['甲', '乙'])
    expect(partOf(await seen(steward, monthly), HERE)).toMatchObject({ state: 'filling', rows: 2 })
    await act(here, monthly, HERE, 'submit')
    await at('2024-06-06T09:00')
    const soon = await seen(steward, monthly)
    expect([partOf(soon, HERE), partOf(soon, THERE)]).toMatchObject([{ state: 'submitted', standing: 'handed-in', workingDays: 4 }, { state: 'asked', standing: 'soon', workingDays: 1 }])
    expect(await until(() => notices(there, monthly), (told) => told.length > 1)).toMatchObject([{ kind: 'form-soon', due: '2024-06-07' }, { kind: 'form-opened' }])
    // A weekend and the Dragon Boat Festival lie between.
    await at('2024-06-11T09:00')
    await server.collection.watchFormRounds()
    const late = await seen(steward, monthly)
    expect(late.round).toMatchObject({ departments: 2, submitted: 1, late: 1, handedInLate: 0 })
    expect(partOf(late, THERE)).toMatchObject({ standing: 'late', workingDays: -1 })
    expect((await until(() => notices(steward, monthly), (told) => told.length > 0))).toEqual([{ kind: 'form-parts-late', title: '窗口月报 2024-05', due: '2024-06-07', count: 1 }])
    expect((await until(() => notices(there, monthly), (told) => told.length > 2)).map(({ kind }) => kind)).toEqual(['form-late', 'form-soon', 'form-opened'])
    expect((await notices(here, monthly)).map(({ kind }) => kind)).toEqual(['form-opened'])
    const { body: { items } } = await api<{ items: FormSummary[] }>(steward, 'GET', forms)
    expect(items[0]?.round).toMatchObject({ period: '2024-05', late: 1 })
  })

  it('are handed back with a reason and days of their own, stay late when they were, and are accepted', async () => {
    const handed = await handIn(there, THERE, monthly, ['丙'])
    expect(handed.own).toMatchObject({ state: 'submitted', standing: 'handed-in-late', workingDays: -1 })
    expect((await act(there, monthly, THERE, 'accept')).status).toBe(403)
    const { body: returned } = await act(steward, monthly, THERE, 'return', { reason: '少了二楼' })
    expect(partOf(returned, THERE)).toMatchObject({ state: 'returned', reason: '少了二楼', standing: 'in-time', dueAt: '2024-06-14T15:59:59.999Z' })
    expect((await until(() => notices(there, monthly), (told) => told.length > 3))[0]).toEqual({ kind: 'form-returned', title: '窗口月报 2024-05', due: '2024-06-14', reason: '少了二楼' })
    await handIn(there, THERE, monthly, ['丁'])
    for (const organisation of [HERE, THERE]) expect((await act(steward, monthly, organisation, 'accept')).status).toBe(200)
    expect((await seen(steward, monthly)).round).toMatchObject({ submitted: 2, accepted: 2, late: 0, handedInLate: 1 })
    expect((await act(here, monthly, HERE, 'revise')).body.code).toBe('collection/form-not-now')
    expect((await fill(here, monthly, ['戊'])).body.code).toBe('collection/form-not-now')
  })

  it('offer the values of the period before as a beginning, once', async () => {
    await at('2024-07-01T09:00')
    const form = await seen(here, monthly)
    expect(form).toMatchObject({ round: { number: 2, period: '2024-06' }, own: { state: 'asked' }, beginning: { period: '2024-05', rows: 2 }, rounds: [{ number: 2, own: { state: 'asked' } }, { number: 1, own: { state: 'accepted', standing: 'handed-in' } }] })
    const begin = () => api<{ rows: number }>(here, 'POST', `${forms}/${monthly.id}/rounds/2/beginning`, {})
    expect((await begin()).body).toEqual({ rows: 2 })
    expect((await begin()).status).toBe(409)
    expect(await seen(here, monthly)).toMatchObject({ own: { state: 'filling', rows: 2 }, beginning: null })
    const { body: { items } } = await api<{ items: FormRow[] }>(here, 'GET', `${forms}/${monthly.id}/rows`)
    expect(items.map(({ values, issues }) => [values['窗口'], issues])).toEqual([['甲', []], ['乙', []]])
    await api(here, 'POST', `${forms}/${monthly.id}/rows`, { round: 2, rows: [{ id: items[0]!.id, values: { 窗口: '甲改' } }], remove: [] })
    await act(here, monthly, HERE, 'submit', { round: 2 })
    // What was handed in before stays as it was.
    expect((await api<{ items: FormRow[] }>(here, 'GET', `${forms}/${monthly.id}/rows?round=1`)).body.items.map(({ values }) => values['窗口'])).toEqual(['甲', '乙'])
  })

  it('come together into each version, with their period in a column', async () => {
    const code = await until(async () => (await seen(steward, monthly)), ({ lastLoad }) => lastLoad?.state === 'done' && lastLoad.rowsRead === 6).then(({ entryCode }) => entryCode!)
    const current = await server.collection.lake.current(code)
    const { names, rows } = await rowsOf(code, current!.number)
    expect(names).toEqual(['窗口', '报告期', '填报单位', '填报单位代码', '提交时间'])
    expect(rows).toEqual([['甲', '2024-05'], ['乙', '2024-05'], ['丙', '2024-05'], ['丁', '2024-05'], ['甲改', '2024-06'], ['乙', '2024-06']])
  })

  it('are a version each where the form wants it, and what comes late for an earlier period does not stay in use', async () => {
    const form = await opened({ title: '季报', schedule: { rhythm: 'quarterly', keeps: 'apart', opensDay: 1, dueDay: 5 } })
    expect(form).toMatchObject({ round: { number: 1, period: '2024-Q2' }, openable: ['2024-Q3', '2024-Q1', '2023-Q4', '2023-Q3', '2023-Q2', '2023-Q1', '2022-Q4', '2022-Q3', '2022-Q2', '2022-Q1', '2021-Q4'] })
    await handIn(here, HERE, form, ['二季'])
    const code = await versionOf(form, 1)
    const byHand = (period: string, more: object = {}) => api<Form & Refusal>(steward, 'POST', `${forms}/${form.id}/rounds`, { period, ...more })
    expect([(await byHand('2024-Q2')).body.code, (await byHand('2024-07')).body.code, (await byHand('2024-Q1', { dueOn: '2024-06-30' })).body.code]).toEqual(Array(3).fill('collection/form-invalid'))
    const { body: before } = await byHand('2024-Q1')
    expect(before).toMatchObject({ round: { number: 2, period: '2024-Q1', dueAt: '2024-07-05T15:59:59.999Z' }, next: { period: '2024-Q3' } })
    expect((await seen(here, form)).round?.period).toBe('2024-Q2')
    await handIn(here, HERE, form, ['一季'], 2)
    await versionOf(form, 3)
    expect(await Promise.all([1, 2, 3].map(async (number) => (await rowsOf(code, number)).rows))).toEqual([[['二季', '2024-Q2']], [['一季', '2024-Q1']], [['二季', '2024-Q2']]])
  })

  it('are closed and opened again one by one', async () => {
    const round = (action: string) => api<Form & Refusal>(steward, 'POST', `${forms}/${monthly.id}/rounds/1/actions/${action}`, {})
    await act(steward, monthly, THERE, 'return', { round: 1, reason: '再看一遍' })
    expect((await round('close')).body.round).toMatchObject({ number: 1, state: 'closed', allowedActions: ['open'] })
    expect((await fill(there, monthly, ['己'], 1)).body.code).toBe('collection/form-not-now')
    expect((await round('close')).status).toBe(409)
    expect((await round('open')).status).toBe(200)
    expect((await fill(there, monthly, ['己'], 1)).status).toBe(200)
    expect((await api(here, 'POST', `${forms}/${monthly.id}/rounds/1/actions/close`, {})).status).toBe(403)
  })

  it('keep their rhythm once there is one, and ask others from the latest round on', async () => {
    const current = await seen(steward, monthly)
    const changed = (body: object, { revision } = current) => api<Form & Refusal>(steward, 'PATCH', `${forms}/${monthly.id}`, { ...body, revision })
    expect((await changed({ schedule: { ...current.schedule, rhythm: 'yearly' } })).body.code).toBe('collection/form-not-now')
    expect((await changed({ schedule: { ...current.schedule, opensDay: 6 } })).body.code).toBe('collection/form-invalid')
    expect((await changed({ departments: [THERE] })).body.code).toBe('collection/form-invalid')
    const { body } = await changed({ departments: [HERE], schedule: { ...current.schedule, dueDay: 8 } })
    expect([body.round?.departments, body.asked.map(({ code }) => code), body.next?.dueAt]).toEqual([1, [HERE], '2024-08-12T15:59:59.999Z'])
    // Who is asked no longer still sees what was.
    expect(await seen(there, monthly)).toMatchObject({ own: null, rounds: [{ number: 2, own: null }, { number: 1, own: { state: 'returned' } }] })
  })

  it('count their days anew when the calendar changes', async () => {
    const form = await opened({ title: '一次', departments: [THERE], dueOn: '2024-07-06', schedule: { rhythm: 'once', keeps: 'together', opensDay: 1, dueDay: 5 } })
    // A Saturday: the next working day counts.
    expect((await seen(there, form)).own?.dueAt).toBe('2024-07-08T15:59:59.999Z')
    expect((await api(steward, 'PUT', '/calendar/days', { days: ['2024-07-08'], kind: 'holiday', name: '停电检修', source: '通知', reason: '停电检修' })).status).toBeLessThan(300)
    const moved = await until(async () => {
      await server.collection.watchFormRounds()
      return seen(there, form)
    }, ({ own }) => own?.dueAt !== '2024-07-08T15:59:59.999Z')
    expect([moved.own?.dueAt, moved.round?.dueAt]).toEqual(Array(2).fill('2024-07-09T15:59:59.999Z'))
  })
})
